// Sound and vibration of a verdict. Browsers allow sound after the first tap or key: unlock() on each.

export function createSounds() {
  let audio = null;

  function unlock() {
    const Audio = globalThis.AudioContext ?? globalThis.webkitAudioContext;
    if (!Audio) return;
    audio ??= new Audio();
    if (audio.state === 'suspended') void audio.resume().catch(() => {});
  }

  function play(notes) {
    if (audio?.state !== 'running') return;
    let at = audio.currentTime + 0.01;
    for (const [pitch, length] of notes) {
      if (pitch > 0) tone(audio, pitch, at, length);
      at += length;
    }
  }

  return {
    unlock,
    /** Both at once; each is missing on some phones. */
    give({ notes, buzz }) {
      play(notes);
      if (buzz.length > 0 && navigator.userActivation?.hasBeenActive !== false) navigator.vibrate?.(buzz);
    },
  };
}

function tone(audio, pitch, at, length) {
  const voice = audio.createOscillator();
  const loud = audio.createGain();
  voice.type = pitch < 300 ? 'sawtooth' : 'triangle'; // a phone's loudspeaker needs overtones to say a low note
  voice.frequency.value = pitch;
  loud.gain.setValueAtTime(0, at);
  loud.gain.linearRampToValueAtTime(0.5, at + 0.01);
  loud.gain.setValueAtTime(0.5, at + length - 0.02);
  loud.gain.linearRampToValueAtTime(0, at + length);
  voice.connect(loud).connect(audio.destination);
  voice.start(at);
  voice.stop(at + length);
}
