/**
 * Places on the globe. Distances are great circles; what the index knows are Mercator metres: that map stretches all
 * directions alike, so within the 50 km that are ever asked for its nearest are the nearest on the street (to 0.5 %).
 */

/** Degrees. */
export interface Place {
  readonly latitude: number;
  readonly longitude: number;
}

/** Mercator metres, east and north of 0° / 0°. */
export interface MapPoint {
  readonly x: number;
  readonly y: number;
}

/** No shop lies nearer to a pole, where the map's stretch has no end. */
export const LATITUDE_MAX = 85;
export const RADIUS_METERS_MAX = 50_000;

const EARTH_METERS = 6_371_008.8;
const radians = (degrees: number): number => (degrees * Math.PI) / 180;
/** Half the way round the globe on the map. */
const HALF_WORLD = Math.PI * EARTH_METERS;

export function mapPoint({ latitude, longitude }: Place): MapPoint {
  return {
    x: EARTH_METERS * radians(longitude),
    y: EARTH_METERS * Math.log(Math.tan(Math.PI / 4 + radians(latitude) / 2)),
  };
}

/** Metres along the globe, whole. */
export function distanceMeters(one: Place, other: Place): number {
  const half = (a: number, b: number): number => Math.sin(radians(a - b) / 2) ** 2;
  const across = Math.cos(radians(one.latitude)) * Math.cos(radians(other.latitude));
  const h = half(one.latitude, other.latitude) + across * half(one.longitude, other.longitude);
  return Math.round(2 * EARTH_METERS * Math.asin(Math.min(1, Math.sqrt(h))));
}

/** A square on the map that holds everything within the radius; where the map ends, its part on the other side too. */
export interface Around {
  readonly centers: readonly MapPoint[];
  readonly half: number;
}

export function around(place: Place, radiusMeters: number): Around {
  const center = mapPoint(place);
  const reach = Math.abs(radians(place.latitude)) + radiusMeters / EARTH_METERS;
  // The stretch of the farthest parallel that the circle touches; 89° keeps it finite.
  const half = radiusMeters / Math.cos(Math.min(reach, radians(89)));
  const over = center.x + half > HALF_WORLD ? -1 : center.x - half < -HALF_WORLD ? 1 : 0;
  const beyond = over === 0 ? [] : [{ x: center.x + over * 2 * HALF_WORLD, y: center.y }];
  return { centers: [center, ...beyond], half };
}
