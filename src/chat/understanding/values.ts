import { dueDate } from "../../domain/deadline-words.ts";
import { paddedIssueNumber } from "../../domain/issues/issue-number.ts";
import { initialsOf } from "../../office/names.ts";
import type { Place } from "../../office/office.ts";
import type { ArgMeta } from "../args.ts";
import type { Reading } from "../recognise.ts";
import { meaning, type Piece } from "./piece.ts";

/**
 * What a piece is worth as an argument; undefined when it is none. `named`: the command was spoken of, so that a bare
 * number may be what it takes.
 */
export function valueFrom(meta: ArgMeta, piece: Piece, reading: Reading, named: boolean): unknown {
  const { office, today } = reading;
  const number = named ? meaning(piece, "number")?.value : undefined;
  switch (meta.kind) {
    case "county":
      return meta.itself && meaning(piece, "bureau") ? undefined : placeOf(piece, reading);
    case "counties": {
      const place = placeOf(piece, reading);
      return place && [place];
    }
    case "department":
      return meaning(piece, "department")?.department ?? ownDepartment(piece, reading);
    case "subunit":
      return meaning(piece, "subunit")?.name;
    case "period":
      return meaning(piece, "period")?.period;
    case "deadline": {
      const found = meaning(piece, "deadline");
      return found && dueDate(found);
    }
    case "date":
      return meaning(piece, "deadline")?.date;
    case "measure":
      return (
        meaning(piece, "measure")?.measure ??
        (number === undefined ? undefined : office.measure(String(number)))
      );
    case "issue":
      return (
        meaning(piece, "issue")?.no ??
        (number === undefined
          ? undefined
          : paddedIssueNumber(`${initialsOf(office.city.short)}-${today.year}`, number))
      );
    case "category":
      return meaning(piece, "category")?.name;
    case "choice":
      return choicesOf(meta).get(piece.text.toLowerCase());
    case "number": {
      const said = meta.edition
        ? meaning(piece, "edition")?.value
        : meta.bare
          ? number
          : meaning(piece, "page")?.value;
      return said === undefined ? undefined : String(said);
    }
    case "top":
    case "bottom": {
      const end = meaning(piece, "end");
      return end?.end === meta.kind ? end.count : undefined;
    }
    // Only a word beside a unit says which part it has (`parts.ts`).
    case "units":
    case "topic":
    case "text":
    case "longtext":
      return undefined;
    default:
      return meta.kind satisfies never;
  }
}

function placeOf(piece: Piece, { office, names, today, person }: Reading): Place | undefined {
  const place = meaning(piece, "county")?.place ?? meaning(piece, "bureau")?.place;
  if (place) return place;
  const own = meaning(piece, "own");
  if (own === undefined || own.of === "department" || person?.regionId == null) return undefined;
  return names.place(office.heirOn(person.regionId, today).short) ?? undefined;
}

function ownDepartment(piece: Piece, { office, person }: Reading) {
  const own = meaning(piece, "own");
  if (own === undefined || own.of === "county" || person?.departmentId == null) return undefined;
  return office.department(person.departmentId);
}

/** Each question asks every command's choices for each of its words. */
const choicesByWord = new WeakMap<ArgMeta, ReadonlyMap<string, string>>();

/** The values of a choice by the words as they are declared, whatever their case; of two alike the first. */
function choicesOf(meta: ArgMeta): ReadonlyMap<string, string> {
  const known = choicesByWord.get(meta);
  if (known !== undefined) return known;
  const values = new Map<string, string>();
  for (const [word, value] of Object.entries({ ...meta.says, ...meta.choices }))
    if (!values.has(word.toLowerCase())) values.set(word.toLowerCase(), value);
  choicesByWord.set(meta, values);
  return values;
}
