// The camera: pictures of at most 1280 px, several a second, to the decoder; torch, choice of camera, wake lock.

const WIDEST = 1280;
const PAUSE = 90; // ms between two pictures

export function createCamera({ video, onText, makeDecoder }) {
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  let decoder = null;
  let stream = null;
  let timer = 0;
  let cameras = [];
  let lock = null;
  let busy = false; // one picture at a time, also after stop and start

  /** → {ok: true, torch, cameras} or {ok: false, why: insecure | refused | missing | busy} */
  async function start(deviceId = null) {
    stop();
    if (!navigator.mediaDevices?.getUserMedia) return { ok: false, why: window.isSecureContext ? 'missing' : 'insecure' };
    try {
      const wanted = deviceId ? { deviceId: { exact: deviceId } } : { facingMode: { ideal: 'environment' } };
      const size = { width: { ideal: WIDEST }, height: { ideal: 720 } };
      stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...wanted, ...size } });
      video.srcObject = stream;
      await video.play();
      cameras = (await navigator.mediaDevices.enumerateDevices()).filter(({ kind }) => kind === 'videoinput');
    } catch (error) {
      stop();
      return { ok: false, why: reason(error) };
    }
    ready();
    void stayAwake();
    return { ok: true, torch: Boolean(track()?.getCapabilities?.().torch), cameras: cameras.length };
  }

  function ready() {
    decoder ??= listen(makeDecoder());
    look();
  }

  function listen(worker) {
    worker.onmessage = ({ data: text }) => {
      busy = false;
      if (text !== null && stream) onText(text);
      timer = setTimeout(look, PAUSE);
    };
    return worker;
  }

  function look() {
    clearTimeout(timer);
    if (!stream || busy) return;
    if (video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA || video.videoWidth === 0) {
      timer = setTimeout(look, PAUSE);
      return;
    }
    const shrink = Math.min(1, WIDEST / video.videoWidth);
    canvas.width = Math.round(video.videoWidth * shrink);
    canvas.height = Math.round(video.videoHeight * shrink);
    context.drawImage(video, 0, 0, canvas.width, canvas.height);
    const picture = context.getImageData(0, 0, canvas.width, canvas.height);
    busy = true;
    decoder.postMessage(picture, [picture.data.buffer]);
  }

  function stop() {
    clearTimeout(timer);
    for (const one of stream?.getTracks() ?? []) one.stop();
    stream = null;
    video.srcObject = null;
    void lock?.release().catch(() => {});
    lock = null;
  }

  const track = () => stream?.getVideoTracks()[0];

  async function stayAwake() {
    try {
      lock = await navigator.wakeLock?.request('screen');
    } catch {
      lock = null; // the battery is low: the phone decides
    }
  }

  return {
    start,
    stop,
    isOn: () => stream !== null,
    /** The next of several cameras. */
    async next() {
      const here = track()?.getSettings().deviceId;
      const place = cameras.findIndex(({ deviceId }) => deviceId === here);
      return start(cameras[(place + 1) % cameras.length]?.deviceId ?? null);
    },
    async torch(on) {
      await track()?.applyConstraints({ advanced: [{ torch: on }] });
    },
  };
}

function reason(error) {
  if (error.name === 'NotAllowedError' || error.name === 'SecurityError') return 'refused';
  if (error.name === 'NotFoundError' || error.name === 'OverconstrainedError') return 'missing';
  return 'busy';
}
