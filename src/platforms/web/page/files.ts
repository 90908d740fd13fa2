import type { DrawnFile } from "../../../chat/card.ts";
import { el } from "./dom.ts";

/** The files of a card: pictures in place, each a link to itself in full, the others as links to download. */
export function drawFiles(files: readonly DrawnFile[]): HTMLElement[] {
  const pictures = files.filter((file) => file.picture);
  const others = files.filter((file) => !file.picture);
  return [
    ...(pictures.length > 0 ? [el("div", { class: "card-pictures" }, ...pictures.map(drawPicture))] : []),
    ...(others.length > 0 ? [el("ul", { class: "card-files" }, ...others.map(drawDownload))] : []),
  ];
}

function drawPicture(file: DrawnFile): HTMLElement {
  const image = el("img", { src: addressOf(file), alt: file.name, loading: "lazy", decoding: "async" });
  const link = linkTo(file, "card-picture", image);
  // A picture that isn't there for its reader any more: the link says why.
  image.addEventListener("error", () => link.replaceChildren(`${file.name}（打不开，点此看原因）`));
  return link;
}

function drawDownload(file: DrawnFile): HTMLElement {
  return el("li", {}, linkTo(file, "card-file", file.name));
}

/** In a tab of its own, so that a refusal is read there and the conversation stays. */
function linkTo(file: DrawnFile, kind: string, content: Node | string): HTMLAnchorElement {
  return el(
    "a",
    { class: kind, href: addressOf(file), target: "_blank", rel: "noopener", title: file.name },
    content,
  );
}

const addressOf = ({ token }: DrawnFile) => `/files/${token}`;
