/** A day on which a station stands out among its neighbours: PM10 by hour, from `from` on, and how much of it is PM2.5, percent. */
export interface AnomalyStory {
  region: string;
  /** Which of its region's stations, from 1 on. */
  station: number;
  date: string;
  from: number;
  pm10: readonly number[];
  finePct: number;
}
