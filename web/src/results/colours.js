// The colours that a picture is drawn in, which it takes with it when it is saved.

/** `{ dark, ink, ground }` of an element: what is written on it, and what lies under it. */
export function coloursOf(element) {
  const { color, backgroundColor } = getComputedStyle(element);
  const [red, green, blue] = color.match(/[\d.]+/g).map(Number);
  return { dark: (red * 299 + green * 587 + blue * 114) / 1000 > 127, ink: color, ground: backgroundColor };
}
