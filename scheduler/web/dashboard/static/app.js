/* What a page gains with JavaScript: single keys, a fresh verdict, a count while typing. All of it works without. */
(() => {
  "use strict";
  const root = document.documentElement;
  const all = (what, within = document) => [...within.querySelectorAll(what)];
  const get = (what, within = document) => within.querySelector(what);
  const on = (type, act) => document.addEventListener(type, act);
  const isHeld = (event) => event.ctrlKey || event.altKey || event.metaKey;
  const isSeen = (one) => one.getClientRects().length > 0;
  root.classList.add("scripted");

  /* Keys: a link or button with data-key is pressed by it; J and K go through what has data-row. */
  if (root.dataset.keys !== "off") {
    root.classList.add("keys");
    const step = (by) => {
      const rows = all("[data-row]").filter(isSeen);
      const at = rows.indexOf(document.activeElement.closest("[data-row]"));
      const row = rows[at < 0 ? 0 : at + by];
      if (row) (row.matches("a, button") ? row : get("a, button", row) || row).focus();
      return row;
    };
    on("keydown", (event) => {
      if (isHeld(event) || event.defaultPrevented || event.isComposing) return;
      if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
      const key = event.key.toLowerCase();
      const pressed = all("[data-key]").find((one) => one.dataset.key.toLowerCase() === key && isSeen(one));
      const search = key === "/" && get("[type=search]");
      const tile = key === "v" && event.target.closest("[data-code]");
      if (pressed) event.repeat || pressed.click();
      else if (search) search.focus();
      else if (key === "?") location.assign("/keyboard");
      else if (tile) location.assign(`/calendar/move/${tile.dataset.code}?back=${encodeURIComponent(form.elements.back.value)}`);
      else if (!((key === "j" && step(1)) || (key === "k" && step(-1)))) return;
      event.preventDefault();
    });
  }

  /* The worker's verdict, every 15 seconds; said aloud only when it changes. */
  const pulse = get("[data-pulse]");
  const read = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");
  const tell = (fresh) => {
    const word = (within) => get("[role=status]", within)?.textContent;
    if (word(fresh) !== word(pulse)) pulse.replaceChildren(...fresh.childNodes);
    else get("small", pulse)?.replaceWith(get("small", fresh) || "");
  };
  if (pulse) setInterval(async () => {
    if (document.hidden) return;
    try {
      const answer = await fetch(pulse.dataset.pulse, { redirect: "error" });
      if (answer.ok) tell((await read(answer)).body);
    } catch { /* the next one may find its way */ }
  }, 15000);

  /* What has data-swap, form or link: its answer's main takes the place of ours. Till then and a moment longer no press
     counts: nobody has read what it is about. Without an answer the page is loaded; nothing goes twice. */
  const here = () => location.pathname + location.search;
  let at = here();
  const swap = async (event) => {
    const one = event.target.closest("[data-swap]");
    if (event.type !== one?.dataset.swap || isHeld(event) || event.shiftKey) return;
    event.preventDefault();
    if (root.classList.contains("busy")) return;
    root.classList.add("busy");
    let onward = one.href || location.pathname;
    try {
      const body = one.method && new URLSearchParams(new FormData(one));
      const to = event.submitter?.getAttribute("formaction") || one.action || one.href;
      const answer = await fetch(to, { method: one.method, body });
      if (one.href || answer.redirected) history.pushState(null, "", (onward = answer.url));
      const fresh = await read(answer);
      tell(get("[data-pulse]", fresh));
      at = here();
      all(".message", fresh).forEach((one) => one.removeAttribute("role"));
      for (const part of ["main", ".places", ".foot"]) get(part).replaceWith(get(part, fresh));
      document.title = fresh.title;
      get("#voice").textContent = get("#told")?.textContent || "";
      scrollTo(0, 0);
      get("h1").focus();
    } catch {
      location.assign(onward);
    }
    setTimeout(() => root.classList.remove("busy"), 400);
  };
  on("click", swap);
  on("submit", swap);
  addEventListener("popstate", () => here() !== at && location.reload());

  /* How long a text is, by the rule of each network. */
  let waits;
  on("input", (event) => {
    const form = event.target.closest("form[data-count]");
    clearTimeout(waits);
    waits = form && setTimeout(async () => {
      try {
        const answer = await fetch(form.dataset.count, { method: "POST", body: new FormData(form), redirect: "error" });
        for (const one of await answer.json())
          all(`[data-counted="${one.channel}"]`).forEach((at) => (at.textContent = one.words));
      } catch { /* the next letter asks again */ }
    }, 300);
  });

  /* The calendar: a tile is dropped on a day or a free slot of its channel. */
  const form = get("#move");
  const place = (event) => {
    const at = event.target.closest?.("[data-to], [data-day]");
    return held && at && (at.dataset.channel ?? held.dataset.channel) === held.dataset.channel ? at : null;
  };
  const mark = (at) => all(".dropping").concat(at || []).forEach((one) => one.classList.toggle("dropping", one === at));
  let held = null;
  if (form) {
    on("dragstart", (event) => {
      held = event.target.closest?.("[data-code]") || null;
      if (held) event.dataTransfer.setData("text/plain", held.dataset.code);
      held?.classList.add("dragged");
    });
    on("dragover", (event) => {
      const at = place(event);
      if (at) event.preventDefault();
      mark(at);
    });
    on("dragend", () => {
      held?.classList.remove("dragged");
      held = null;
      mark(null);
    });
    on("drop", (event) => {
      const at = place(event);
      if (!at) return;
      event.preventDefault();
      form.action = `/calendar/move/${held.dataset.code}`;
      form.elements.to.value = at.dataset.to || `${at.dataset.day} ${held.dataset.at}`;
      form.submit();
    });
  }
})();
