/** A table that a paper prints, whichever way it is shown: on a card, in Word, as a sheet, as a picture. */
export type SheetTable = {
  title: string;
  columns: readonly { title: string; align?: "start" | "end" }[];
  rows: readonly (readonly string[])[];
};
