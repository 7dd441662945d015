/** The mean radius of the Earth in kilometres. */
export const earthRadiusKm = 6371.0088;

/** A box of latitudes and longitudes, in degrees. If west is greater than east, it crosses the date line. */
export interface Box {
  south: number;
  north: number;
  west: number;
  east: number;
}

/** The smallest box around the circle of `radiusKm` about a point, for the index to search. */
export function boxAround(latitude: number, longitude: number, radiusKm: number): Box {
  const angle = radiusKm / earthRadiusKm;
  const reach = (angle * 180) / Math.PI;
  const south = latitude - reach;
  const north = latitude + reach;
  // A circle with a pole inside contains every longitude.
  if (south <= -90 || north >= 90) {
    return { south: Math.max(south, -90), north: Math.min(north, 90), west: -180, east: 180 };
  }
  const width = (Math.asin(Math.sin(angle) / Math.cos((latitude * Math.PI) / 180)) * 180) / Math.PI;
  return { south, north, west: wrap(longitude - width), east: wrap(longitude + width) };
}

const wrap = (longitude: number): number =>
  longitude < -180 ? longitude + 360 : longitude > 180 ? longitude - 360 : longitude;
