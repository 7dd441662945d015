/**
 * Sound and vibration of a scan, because a door may be loud or dark. Each result has its own: one rising tone admits, two
 * low ones refuse, and one that stays says look again.
 */
type Signal = 'admit' | 'refuse' | 'wait';

export interface SignalChoice {
  sound: boolean;
  vibration: boolean;
}

/** Frequency in hertz, start and length in seconds. */
type Tone = [hertz: number, atS: number, forS: number];

const tones: Record<Signal, Tone[]> = {
  admit: [
    [880, 0, 0.09],
    [1320, 0.09, 0.14],
  ],
  refuse: [
    [196, 0, 0.22],
    [165, 0.28, 0.3],
  ],
  wait: [[523, 0, 0.35]],
};
/** Milliseconds on and off. */
const patterns: Record<Signal, number[]> = {
  admit: [60],
  refuse: [80, 60, 80, 60, 80],
  wait: [200],
};

let speaker: AudioContext | null = null;

/** Gives the signals of a result that are switched on. A browser without the means, or that forbids them, gives none. */
export function signal(kind: Signal, { sound, vibration }: SignalChoice): void {
  if (vibration) navigator.vibrate?.(patterns[kind]);
  if (sound) void play(tones[kind]).catch(() => {});
}

/** A browser lets a page sound only after a tap or a key: call it then. */
export const readySound = (): void => {
  speaker ??= typeof AudioContext === 'undefined' ? null : new AudioContext();
  if (speaker?.state === 'suspended') void speaker.resume().catch(() => {});
};

async function play(wanted: Tone[]): Promise<void> {
  readySound();
  if (speaker?.state !== 'running') return;
  const start = speaker.currentTime;
  for (const [hertz, atS, forS] of wanted) {
    const [tone, volume] = [speaker.createOscillator(), speaker.createGain()];
    tone.type = hertz < 300 ? 'square' : 'sine';
    tone.frequency.value = hertz;
    // Without a short fade, a speaker clicks at both ends.
    volume.gain.setValueAtTime(0, start + atS);
    volume.gain.linearRampToValueAtTime(0.5, start + atS + 0.01);
    volume.gain.setValueAtTime(0.5, start + atS + forS - 0.02);
    volume.gain.linearRampToValueAtTime(0, start + atS + forS);
    tone.connect(volume).connect(speaker.destination);
    tone.start(start + atS);
    tone.stop(start + atS + forS);
  }
}
