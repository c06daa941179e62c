// Satori lays out and draws an SVG, resvg-js rasterizes it; sharp writes JPEG, which resvg-js can't.

import { readFileSync } from "node:fs";
import { Resvg } from "@resvg/resvg-js";
import satori from "satori";
import { SIDE, fitted, parts, quoteBlock } from "./card.mjs";
import { fontsOf, serve } from "./serve.mjs";

const element = ({ text, src, style, key }) =>
  src ? { type: "img", props: { src, width: style.width, height: style.height, style } } : { type: "div", key, props: { style: { display: "flex", ...style }, children: text } };

async function start(job) {
  const fonts = fontsOf(job);
  const data = (path, type) => path && `data:image/${type};base64,${readFileSync(path).toString("base64")}`;
  const pictures = { photo: data(job.photo, "jpeg"), cut: data(job.cut, "jpeg"), logo: data(job.logo, "png") };
  // The text alone, as text: the cheapest that satori can be asked. Paths are drawn once, in the end.
  const heightOf = async (card, size) => {
    const svg = await satori(element(quoteBlock(card, size)), { width: SIDE, fonts, embedFont: false });
    return Number(/height="([\d.]+)"/.exec(svg)[1]);
  };
  // The whole card, as it will be: what a card needs whose parts follow each other.
  const drawn = async (card, size) => {
    let height = 0;
    const onNodeDetected = ({ key, height: found }) => key === "quote" && (height = found);
    const tree = { type: "div", props: { style: { display: "flex", width: SIDE, height: SIDE }, children: parts(card, size).map(element) } };
    const svg = await satori(tree, { width: SIDE, height: SIDE, fonts, onNodeDetected });
    return { svg, height };
  };
  return async (job) => {
    const card = { ...job.card, logo: pictures.logo, photo: pictures[job.ground] };
    const seen = new Map();
    const laidOut = async (card, size) => {
      seen.set(size, await drawn(card, size));
      return seen.get(size).height;
    };
    const size = await fitted((size) => (job.fit === "text" ? heightOf(card, size) : laidOut(card, size)));
    const { svg } = seen.get(size) ?? (await drawn(card, size));
    const image = new Resvg(svg, { font: { loadSystemFonts: false } }).render();
    if (job.format === "png") return image.asPng();
    const { default: sharp } = await import("sharp");
    const raw = { width: image.width, height: image.height, channels: 4 };
    return sharp(image.pixels, { raw }).removeAlpha().jpeg({ quality: 92, chromaSubsampling: "4:4:4" }).toBuffer();
  };
}

await serve(start);
