import { type ImgHTMLAttributes, useState } from 'react';
import { coverSet } from './cover-set.ts';

interface Props extends Pick<ImgHTMLAttributes<HTMLImageElement>, 'sizes'> {
  src: string | null;
  /** The seed of the drawing that replaces a missing picture. */
  title: string;
  /** What the picture shows. Without it, it is decoration beside the title. */
  alt?: string;
  className?: string;
  /** True for the page's main picture, which loads before everything else. */
  eager?: boolean;
}

/** An event's picture. The stylesheet keeps the point visible that its address names (contract/picture-address.ts). */
export function Cover({ src, title, alt = '', className = '', eager = false, sizes }: Props) {
  const [missing, setMissing] = useState(false);
  if (!src || missing) return <Drawn title={title} className={className} />;
  return (
    <img
      src={src}
      srcSet={sizes && coverSet(src)}
      sizes={sizes}
      alt={alt}
      data-focus={src.split('?f=')[1]}
      width={1200}
      height={800}
      decoding="async"
      onError={() => setMissing(true)}
      loading={eager ? 'eager' : 'lazy'}
      fetchPriority={eager ? 'high' : 'auto'}
      className={`bg-sunken object-cover ${className}`}
    />
  );
}

/** Arcs like rows of seats. The title decides their rotation and colours, so they are always the same. */
function Drawn({ title, className }: { title: string; className: string }) {
  let seed = 7;
  for (const letter of title) seed = (seed * 31 + letter.charCodeAt(0)) % 9973;
  const hue = seed % 360;
  return (
    <svg viewBox="0 0 300 200" preserveAspectRatio="xMidYMid slice" aria-hidden="true" className={className}>
      <rect width="300" height="200" fill={`hsl(${hue} 45% 22%)`} />
      {[30, 58, 86, 114, 142, 170, 198].map((radius, index) => (
        <circle
          key={radius}
          cx={60 + (seed % 180)}
          cy="215"
          r={radius}
          fill="none"
          stroke={`hsl(${(hue + 40) % 360} 70% ${38 + index * 6}%)`}
          strokeWidth="13"
          strokeDasharray={`${4 + (seed % 5)} ${5 + (index % 3)}`}
        />
      ))}
    </svg>
  );
}
