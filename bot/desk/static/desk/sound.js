// Two short sounds of our own, made here: one for what is new, one for what is urgent.

const CALM = [660, 880]; // hertz, one after the other
const URGENT = [880, 1175, 880, 1175];
const NOTE = 0.14; // seconds
const LOUDNESS = 0.12; // of 1

let audio = null;

/** Browsers let a page make sounds once somebody has used it. */
export function allowSound() {
  const wake = () => {
    audio ??= new AudioContext();
    audio.resume();
  };
  for (const name of ["pointerdown", "keydown"]) addEventListener(name, wake, { once: true, capture: true });
}

/** Make one of the sounds. */
export function ring(isUrgent) {
  if (!audio) return;
  (isUrgent ? URGENT : CALM).forEach((hertz, place) => {
    const begin = audio.currentTime + place * NOTE;
    const tone = new OscillatorNode(audio, { frequency: hertz, type: "sine" });
    const level = new GainNode(audio, { gain: 0 });
    level.gain.setValueAtTime(0, begin);
    level.gain.linearRampToValueAtTime(LOUDNESS, begin + 0.02);
    level.gain.linearRampToValueAtTime(0, begin + NOTE);
    tone.connect(level).connect(audio.destination);
    tone.start(begin);
    tone.stop(begin + NOTE);
  });
}
