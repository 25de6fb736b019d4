/** Where the customer says she is. It stays in this tab: it is sent with the question and stored nowhere. */

export interface Place {
  readonly lat: number;
  readonly lon: number;
}

export type PlaceProblem = "denied" | "unavailable" | "timeout" | "unsupported";

const PROBLEMS: Readonly<Record<number, PlaceProblem>> = { 1: "denied", 2: "unavailable", 3: "timeout" };
const PATIENCE_MS = 15_000;
/** A hundred metres: enough for walking, and less is known about who asks. */
const DIGITS = 3;

const coarse = (degrees: number): number => Number(degrees.toFixed(DIGITS));

export class PlaceError extends Error {
  override readonly name = "PlaceError";
  readonly problem: PlaceProblem;

  constructor(problem: PlaceProblem) {
    super(problem);
    this.problem = problem;
  }
}

/** The browser asks for consent. */
export function askBrowser(): Promise<Place> {
  if (!("geolocation" in navigator)) return Promise.reject(new PlaceError("unsupported"));
  return new Promise((resolve, reject) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => resolve({ lat: coarse(coords.latitude), lon: coarse(coords.longitude) }),
      ({ code }) => reject(new PlaceError(PROBLEMS[code] ?? "unavailable")),
      { timeout: PATIENCE_MS, maximumAge: 60_000 },
    );
  });
}

/** `29.558, 106.577` as maps give it; undefined when it is something else. */
export function parsePlace(text: string): Place | undefined {
  const match = /^\s*(-?\d{1,2}(?:\.\d+)?)\s*[,，\s]\s*(-?\d{1,3}(?:\.\d+)?)\s*$/.exec(text);
  if (match === null) return undefined;
  const [lat, lon] = [Number(match[1]), Number(match[2])];
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lat: coarse(lat), lon: coarse(lon) } : undefined;
}
