// The card that both peers draw, in pixels: what our `photo` template has on a square of 1080.

export const SIDE = 1080;
const U = SIDE / 100;
const LEFT = 8 * U;
const FOOT = 92 * U;
const QUOTE_WIDTH = 84 * U;
const QUOTE_HEIGHT = 46 * U;
const QUOTE_END = FOOT - 23.1 * U;
export const LARGEST = 8.2 * U;
export const SMALLEST = 4.4 * U;
const STEP = 0.5;

// Leading runs from tight at the largest size to loose at the smallest.
const leading = (size) => 1.14 + (0.1 * (LARGEST - size)) / (LARGEST - SMALLEST);

const serif = { fontFamily: "Serif", fontWeight: 600 };
const quoteStyle = (size) => ({ ...serif, width: QUOTE_WIDTH, fontSize: size, lineHeight: leading(size) });

const at = (x, baseline, size, text, style) => ({
  text,
  style: { position: "absolute", left: x, top: baseline - size, fontSize: size, lineHeight: 1.25, whiteSpace: "nowrap", ...style },
});

// The quote alone, to be measured at a size.
export const quoteBlock = (card, size) => ({ text: card.quote, style: quoteStyle(size) });

// Everything on the card: boxes, pictures (`src`) and texts, each with a style that all renderers know.
export function parts(card, size) {
  const ground = card.photo
    ? { src: card.photo, style: { position: "absolute", left: 0, top: 0, width: SIDE, height: SIDE, objectFit: "cover" } }
    : { style: { position: "absolute", left: 0, top: 0, width: SIDE, height: SIDE, backgroundImage: "linear-gradient(200deg, #c9674c 0%, #0f4f46 48%, #04241f 100%)" } };
  const scrim = { style: { position: "absolute", left: 0, top: 0, width: SIDE, height: SIDE, backgroundImage: "linear-gradient(180deg, rgba(0,20,16,0) 12%, rgba(0,20,16,0.58) 45%, rgba(0,20,16,0.58) 100%)" } };
  return [
    ground,
    scrim,
    { style: { position: "absolute", left: LEFT, top: FOOT - 8.4 * U, width: QUOTE_WIDTH, height: 1.5, backgroundColor: "#6f7d7a" } },
    { key: "quote", text: card.quote, style: { ...quoteStyle(size), position: "absolute", left: LEFT, bottom: SIDE - QUOTE_END, color: "#ffffff", textWrap: "balance" } },
    at(LEFT, FOOT - 16.4 * U, 3.0 * U, card.name, { fontFamily: "Sans", fontWeight: 600, color: "#ffffff" }),
    at(LEFT, FOOT - 12.5 * U, 2.9 * U, card.role, { fontFamily: "Serif", fontWeight: 400, fontStyle: "italic", color: "#e0e4e3" }),
    { src: card.logo, style: { position: "absolute", left: LEFT, top: FOOT - 4.8 * U, width: 4.8 * U, height: 4.8 * U } },
    at(LEFT + 6.24 * U, FOOT - 1.43 * U, 2.69 * U, card.business, { fontFamily: "Display", fontWeight: 700, color: "#ffffff" }),
    at(undefined, FOOT - 1.48 * U, 2.8 * U, card.address, { left: undefined, right: LEFT, fontFamily: "Sans", fontWeight: 600, color: "#ffffff" }),
  ];
}

// The largest size at which the quote is no higher than its room, by bisection; `heightAt` lays out anew.
export async function fitted(heightAt) {
  let low = 0;
  let high = Math.floor((LARGEST - SMALLEST) / STEP);
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((await heightAt(LARGEST - middle * STEP)) <= QUOTE_HEIGHT) high = middle;
    else low = middle + 1;
  }
  return LARGEST - low * STEP;
}
