import { type ImgHTMLAttributes, useState } from 'react';

interface Props extends Pick<ImgHTMLAttributes<HTMLImageElement>, 'srcSet' | 'sizes'> {
  src: string | null;
  /** The seed of the drawing that replaces a missing picture. */
  title: string;
  className?: string;
  /** True for the page's main picture, which loads before everything else. */
  eager?: boolean;
}

/** An event's picture. It is decoration beside the title, so it has no text alternative. */
export function Cover({ src, title, className = '', eager = false, ...others }: Props) {
  const [missing, setMissing] = useState(false);
  if (!src || missing) return <Drawn title={title} className={className} />;
  return (
    <img
      {...others}
      src={src}
      alt=""
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
