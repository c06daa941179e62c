/* What a page gains with JavaScript: single keys, a fresh verdict, a count while typing. All of it works without. */
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (what, within = document) => [...within.querySelectorAll(what)];
  const isSeen = (one) => one.getClientRects().length > 0;
  root.classList.add("scripted");

  /* Keys: a link or button with data-key is pressed by it; J and K go through what has data-row. */
  if (root.dataset.keys !== "off") {
    root.classList.add("keys");
    const step = (by) => {
      const rows = all("[data-row]").filter(isSeen);
      const at = rows.indexOf(document.activeElement.closest("[data-row]"));
      const row = rows[Math.max(0, Math.min(rows.length - 1, at < 0 ? 0 : at + by))];
      if (!row) return false;
      (row.matches("a, button") ? row : row.querySelector("a, button") || row).focus();
      return true;
    };
    document.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented || event.isComposing) return;
      if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
      const key = event.key.toLowerCase();
      const pressed = all("[data-key]").find((one) => one.dataset.key.toLowerCase() === key && isSeen(one));
      const search = key === "/" && document.querySelector("[type=search]");
      if (pressed) pressed.click();
      else if (search) search.focus();
      else if (key === "?") location.assign("/keyboard");
      else if (!((key === "j" && step(1)) || (key === "k" && step(-1)))) return;
      event.preventDefault();
    });
  }

  /* The worker's verdict, every 15 seconds; said aloud only when it changes. */
  const pulse = document.querySelector("[data-pulse]");
  const refresh = async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(pulse.dataset.pulse, { redirect: "error" });
      if (!answer.ok) return;
      const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").body;
      const word = (within) => within.querySelector("[role=status]")?.textContent;
      if (word(fresh) !== word(pulse)) pulse.replaceChildren(...fresh.childNodes);
      else pulse.querySelector("small")?.replaceWith(fresh.querySelector("small") || "");
    } catch { /* the next one may find its way */ }
  };
  if (pulse) setInterval(refresh, 15000);

  /* How long a text is, by the rule of each network. */
  for (const form of all("form[data-count]")) {
    let waits;
    const count = async () => {
      const answer = await fetch(form.dataset.count, { method: "POST", body: new FormData(form), redirect: "error" });
      if (!answer.ok) return;
      for (const one of await answer.json())
        all("[data-counted]").filter((at) => at.dataset.counted === one.channel).forEach((at) => (at.textContent = one.words));
    };
    form.addEventListener("input", () => {
      clearTimeout(waits);
      waits = setTimeout(() => count().catch(() => {}), 300);
    });
  }

  /* The calendar: a tile is dropped on a day or a free slot of its channel; V asks where the one in focus should go. */
  const form = document.getElementById("move");
  const place = (event) => {
    const at = event.target.closest?.("[data-to], [data-day]");
    return held && at && (at.dataset.channel ?? held.dataset.channel) === held.dataset.channel ? at : null;
  };
  const mark = (at) => all(".dropping").concat(at || []).forEach((one) => one.classList.toggle("dropping", one === at));
  let held = null;
  if (form) {
    document.addEventListener("dragstart", (event) => {
      held = event.target.closest?.("[data-code]") || null;
      if (held) event.dataTransfer.setData("text/plain", held.dataset.code);
      held?.classList.add("dragged");
    });
    document.addEventListener("dragover", (event) => {
      const at = place(event);
      if (at) event.preventDefault();
      mark(at);
    });
    document.addEventListener("dragend", () => {
      held?.classList.remove("dragged");
      held = null;
      mark(null);
    });
    document.addEventListener("drop", (event) => {
      const at = place(event);
      if (!at) return;
      event.preventDefault();
      form.action = `/calendar/move/${held.dataset.code}`;
      form.elements.to.value = at.dataset.to || `${at.dataset.day} ${held.dataset.at}`;
      form.submit();
    });
    document.addEventListener("keydown", (event) => {
      const tile = event.target.closest?.("[data-code]");
      if (!tile || event.key.toLowerCase() !== "v" || event.ctrlKey || event.altKey || event.metaKey || root.dataset.keys === "off") return;
      location.assign(`/calendar/move/${tile.dataset.code}?back=${encodeURIComponent(form.elements.back.value)}`);
    });
  }
})();
