declare module "chinese-s2t" {
  const converter: { t2s(text: string): string };
  export default converter;
}
