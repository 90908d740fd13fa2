/** Statutory days off of 2020, those at a weekend too (国办发明电〔2019〕16号, the Spring Festival as extended by 〔2020〕1号). */
export const OFF_2020: readonly string[] = [
  ["01-01"],
  ["01-24", "01-25", "01-26", "01-27", "01-28", "01-29", "01-30", "01-31", "02-01", "02-02"],
  ["04-04", "04-05", "04-06"],
  ["05-01", "05-02", "05-03", "05-04", "05-05"],
  ["06-25", "06-26", "06-27"],
  ["10-01", "10-02", "10-03", "10-04", "10-05", "10-06", "10-07", "10-08"],
]
  .flat()
  .map((day) => `2020-${day}`);

/** Days at a weekend that are worked to make up for it. */
export const WORKED_2020: readonly string[] = ["01-19", "04-26", "05-09", "06-28", "09-27", "10-10"].map(
  (day) => `2020-${day}`,
);
