/** A rectangle to be covered, in thousandths of the picture's width and height. */
export type MaskBox = { x: number; y: number; width: number; height: number };

/** Boxes on one picture: who would cover more had better take another picture. */
const MOST_BOXES = 40;

/** Said where nothing has to be covered. */
const NO_BOXES = "无";

/**
 * Reads boxes as they are drawn or typed: `300,200,100,120; 500,200,80,90` (left, top, width, height, in thousandths), or 无.
 * @returns a Chinese reason where they can't be read.
 */
export function readBoxes(text: string): MaskBox[] | { refusal: string } {
  const said = text.normalize("NFKC").trim();
  if (said === NO_BOXES) return [];
  const parts = said.split(/[;\n]/).filter((part) => part.trim() !== "");
  if (parts.length === 0) return { refusal: howTo };
  if (parts.length > MOST_BOXES) return { refusal: `最多遮挡${MOST_BOXES}处，请换一张照片。` };
  const boxes: MaskBox[] = [];
  for (const part of parts) {
    const numbers = part.split(/[,，、\s]+/).filter(Boolean);
    const [x, y, width, height] = numbers.map(Number) as [number, number, number, number];
    if (numbers.length !== 4 || numbers.some((one) => !/^\d{1,4}$/.test(one))) return { refusal: howTo };
    if (width < 1 || height < 1 || x + width > 1000 || y + height > 1000)
      return { refusal: `“${part.trim()}”超出照片，左+宽、上+高都不能超过1000。` };
    boxes.push({ x, y, width, height });
  }
  return boxes;
}

const howTo = "遮挡位置请写“左,上,宽,高”（照片宽高各算1000），多处用分号隔开；没有人脸和车牌的写“无”。";

/** As they are stored and shown in a form again. */
export const boxesText = (boxes: readonly MaskBox[]): string =>
  boxes.length === 0
    ? NO_BOXES
    : boxes.map(({ x, y, width, height }) => [x, y, width, height].join(",")).join(";");
