/**
 * Orders ids and ISO dates by their characters: alike on every machine, whatever language it speaks, which `localeCompare`
 * isn't, and it takes milliseconds to make that language's order first.
 */
export const codeOrder = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
