import { html, nothing, svg } from "lit-html";
import type { DrawnFile } from "../../../chat/card.ts";
import { boxesText, type MaskBox, readBoxes } from "../../../domain/mask-boxes.ts";
import { fileAddress } from "./files.ts";
import { draw, state } from "./state.ts";

/** Below this, pixels, a press was a slip of the hand and no box. */
const LEAST_DRAWN = 5;

type Point = { x: number; y: number };

/** The box that is being drawn, from where it was begun. */
let drawing: { from: Point; box: MaskBox } | null = null;

/**
 * The photo of a form over the input that says what of it is covered. What is drawn is written into that input, and what is
 * typed there is shown here: the input is the one place where boxes are kept.
 */
export function drawBoxes(photo: DrawnFile, input: string, text: string) {
  if (state.broken.has(photo.token))
    return html`<p class="field-hint">照片打不开，请在下面填写遮挡位置，或关闭后重试。</p>`;
  const boxes = boxesIn(text);
  const put = (next: readonly MaskBox[]) => write(input, boxesText(next));
  const remove = (index: number) => () => {
    const left = boxes.filter((_, i) => i !== index);
    if (left.length > 0) put(left);
    else write(input, "");
    const buttons = document.querySelectorAll<HTMLElement>(`#${input}-boxes button`);
    buttons[Math.min(index, buttons.length - 1)]?.focus();
  };
  const failed = () => {
    state.broken.add(photo.token);
    draw();
  };
  return html`
    <div class="photo" tabindex="-1" role="group" aria-label="${photo.name}：按住拖动，画框遮住人脸和车牌；也可在下面填写位置"
      @pointerdown=${begin} @pointermove=${drag} @pointerup=${end(boxes, put)} @pointercancel=${cancel}>
      <img src=${fileAddress(photo)} alt=${photo.name} draggable="false" @error=${failed}>
      <svg aria-hidden="true">
        ${boxes.map(drawBox)}
        ${drawing === null ? nothing : drawRect(drawing.box)}
      </svg>
    </div>
    <div class="boxes" id="${input}-boxes">
      ${
        boxes.length === 0
          ? html`<button type="button" class="button" data-style="plain" @click=${() => put([])}>没有人脸和车牌</button>`
          : html`<ol aria-label="已遮挡${boxes.length}处">
              ${boxes.map(
                (_, i) => html`
                  <li>
                    第${i + 1}处
                    <button type="button" class="button" data-style="plain" aria-label="去掉第${i + 1}处" @click=${remove(i)}>去掉</button>
                  </li>
                `,
              )}
            </ol>`
      }
    </div>
  `;
}

/** Those that can be read while others are still being typed. */
const boxesIn = (text: string): MaskBox[] =>
  text
    .normalize("NFKC")
    .split(/[;\n]/)
    .map(readBoxes)
    .flatMap((read) => (Array.isArray(read) ? read : []));

/** As if it had been typed: the form keeps it, and draws. */
function write(input: string, text: string) {
  const area = document.getElementById(input) as HTMLTextAreaElement;
  area.value = text;
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

const drawRect = ({ x, y, width, height }: MaskBox) =>
  svg`<rect x="${x / 10}%" y="${y / 10}%" width="${width / 10}%" height="${height / 10}%"/>`;

/** Its number stands inside, or beside a box that it would hide. */
function drawBox(box: MaskBox, index: number) {
  const { x, y, width, height } = box;
  const isSmall = Math.min(width, height) < 70;
  const isLow = y + height > 900;
  const middle = y + height / 2;
  const [at, shift] = !isSmall ? [middle, 0] : isLow ? [y, -11] : [y + height, 11];
  return svg`
    ${drawRect(box)}
    <text x="${(x + width / 2) / 10}%" y="${at / 10}%" dy=${shift}>${index + 1}</text>
  `;
}

function begin(event: PointerEvent) {
  const photo = event.currentTarget as HTMLElement;
  // Before it is loaded it has another shape.
  const isShown = (photo.querySelector("img")?.naturalWidth ?? 0) > 0;
  if (!isShown || !event.isPrimary || event.button !== 0) return;
  photo.setPointerCapture(event.pointerId);
  const from = pointOf(event);
  drawing = { from, box: between(from, from) };
  draw();
}

function drag(event: PointerEvent) {
  if (drawing === null || !event.isPrimary) return;
  drawing.box = between(drawing.from, pointOf(event));
  draw();
}

const end = (boxes: readonly MaskBox[], put: (next: readonly MaskBox[]) => void) => (event: PointerEvent) => {
  if (drawing === null || !event.isPrimary) return;
  const { box } = drawing;
  drawing = null;
  const { width, height } = (event.currentTarget as Element).getBoundingClientRect();
  const isBox = (box.width * width) / 1000 >= LEAST_DRAWN && (box.height * height) / 1000 >= LEAST_DRAWN;
  if (isBox) put([...boxes, box]);
  else draw();
};

function cancel() {
  drawing = null;
  draw();
}

/** Where on the photo, in thousandths of its sides; what leaves it stays at its edge. */
function pointOf({ clientX, clientY, currentTarget }: PointerEvent): Point {
  const { left, top, width, height } = (currentTarget as Element).getBoundingClientRect();
  const within = (part: number) => Math.min(1, Math.max(0, part)) * 1000;
  return { x: within((clientX - left) / width), y: within((clientY - top) / height) };
}

/** Rounded outwards: nothing that was drawn over is left bare. */
function between(a: Point, b: Point): MaskBox {
  const x = Math.floor(Math.min(a.x, b.x));
  const y = Math.floor(Math.min(a.y, b.y));
  return {
    x,
    y,
    width: Math.ceil(Math.max(a.x, b.x)) - x,
    height: Math.ceil(Math.max(a.y, b.y)) - y,
  };
}
