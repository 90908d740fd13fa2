/** What a request says that its body is, without its parameters; undefined where it says nothing. */
export const mediaTypeOf = (request: { header(name: string): string | undefined }): string | undefined =>
  request.header("content-type")?.split(";")[0]?.trim().toLowerCase();
