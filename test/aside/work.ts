import { tellAsker } from "../../src/aside/tell.ts";

// What the tests have done aside.
export const doubled = async (n: number) => n * 2;
export async function* counted(most: number) {
  for (let n = 1; n <= most; n++) yield n;
}
/** How many languages zod was loaded with: of all but one a start of ours keeps it. */
export const languages = async () => Object.keys((await import("zod")).z.locales).length;
export const fails = async () => {
  throw new RangeError("as planned");
};
export const never = () => {
  for (;;);
};
export const hoards = async () => {
  const all: number[][] = [];
  for (;;) all.push(new Array(100_000).fill(1.5));
};
export const waits = async () => {
  void tellAsker("begun");
  await tellAsker("turn");
  return "done";
};
