import sharp from 'sharp';

const SIDE = 320;
/** Skies, suns, hills and lakes at several hours of the day. */
const HOURS = [
  { sky: '#f6c88f', sun: '#fff1cf', hill: '#5b7f6b', water: '#d99a6c' },
  { sky: '#9cc7dd', sun: '#fdf6d8', hill: '#3f6f57', water: '#5f9db8' },
  { sky: '#2f4a5c', sun: '#f3e7c4', hill: '#1d3a37', water: '#3d6478' },
  { sky: '#e8a59b', sun: '#ffe3c2', hill: '#6b5a78', water: '#b9788a' },
] as const;

/** The photo of somebody invented: a place that they like, and nobody's face. */
export function drawPhoto(index: number): Promise<Uint8Array> {
  const { sky, sun, hill, water } = HOURS[index % HOURS.length]!;
  const at = 70 + ((index * 53) % 180);
  const top = 120 + ((index * 37) % 60);
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="${SIDE}" height="${SIDE}">
    <rect width="320" height="320" fill="${sky}"/>
    <circle cx="${at}" cy="${top - 30}" r="34" fill="${sun}"/>
    <path d="M0 ${top + 60} Q 80 ${top - 40} 170 ${top + 40} T 320 ${top} V 320 H 0 Z" fill="${hill}"/>
    <path d="M0 250 Q 160 235 320 250 V 320 H 0 Z" fill="${water}"/>
  </svg>`;
  return sharp(Buffer.from(picture)).webp({ quality: 78 }).toBuffer();
}
