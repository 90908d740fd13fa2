/** A telephone number as somebody writes it, its digits alone; undefined for what is none. */
export function readPhone(said: string): string | undefined {
  const digits = said
    .normalize("NFKC")
    .replace(/^\+?86(?=1\d{10}$)/, "")
    .replace(/[\s()-]/g, "");
  return /^(1\d{10}|0\d{9,11}|[2-9]\d{6,7})$/.test(digits) ? digits : undefined;
}

/** Whether a cell holds a number as an export shows it: it says nothing new of whose it is. */
export const isMaskedPhone = (said: string): boolean => /^[\d\s()-]*\*{3,}\d*$/.test(said.normalize("NFKC"));

/** 138****1234: whose it is can be recognised, and nobody else can call it. */
export const maskPhone = (phone: string): string =>
  `${phone.slice(0, Math.max(0, phone.length - 8))}****${phone.slice(-4)}`;
