import { says } from "../../chat/says.ts";
import { guaranteesIn } from "../../seasons/guarantees.ts";
import { type DatedEvent, eventSource } from "../event.ts";

const toGuarantee = says("保障");

/** 保障: the events and seasons whose air is guaranteed, from their first day to their last. */
export default eventSource({
  id: "guarantees",
  async events({ from, to }, { store, office }) {
    const all = await guaranteesIn({ store, office });
    return all
      .filter((one) => one.from <= to.toString() && from.toString() <= one.to)
      .map(
        (one): DatedEvent => ({
          key: one.key,
          from: Temporal.PlainDate.from(one.from),
          to: Temporal.PlainDate.from(one.to),
          time: null,
          title: `${one.name}空气质量保障`,
          words: one.measures ?? "",
          standing: "coming",
          say: toGuarantee("", one.name).say,
        }),
      );
  },
});
