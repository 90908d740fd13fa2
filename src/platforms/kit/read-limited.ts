import type { Refusal } from "../../chat/refusal.ts";
import { LARGEST_TABLE, tableTooLarge } from "../../incoming/received-table.ts";

/** Reads a download to its end, but no further than a table may be large: what a header promises is not believed. */
export async function readCapped(response: Response): Promise<Uint8Array | Refusal> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  // Leaving the loop early closes the connection.
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > LARGEST_TABLE) return tableTooLarge;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
