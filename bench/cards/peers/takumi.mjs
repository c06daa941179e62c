// Takumi, with the size given (`fit` false) or found by bisecting its own measure.

import { readFileSync } from "node:fs";
import { Renderer } from "@takumi-rs/core";
import { SIDE, fitted, parts, quoteBlock } from "./card.mjs";
import { fontsOf, serve } from "./serve.mjs";

const node = ({ text, src, style }) =>
  src ? { type: "image", src, width: style.width, height: style.height, style } : text === undefined ? { type: "container", style } : { type: "text", text, style };

async function start(job) {
  const renderer = new Renderer();
  for (const font of fontsOf(job)) await renderer.registerFont(font);
  const images = ["photo", "logo"].filter((name) => job[name]).map((name) => ({ src: name, data: readFileSync(job[name]) }));
  const heightOf = async (card, size) => (await renderer.measure(node(quoteBlock(card, size)), { width: SIDE })).height;
  return async (job) => {
    const card = { ...job.card, logo: "logo", photo: job.ground === "photo" ? "photo" : undefined };
    const size = job.fit ? await fitted((size) => heightOf(card, size)) : job.size;
    const tree = { type: "container", style: { width: SIDE, height: SIDE, position: "relative" }, children: parts(card, size).map(node) };
    return renderer.render(tree, { width: SIDE, height: SIDE, images, format: job.format === "png" ? "png" : "jpeg", quality: 92 });
  };
}

await serve(start);
