// Reads QR codes from pictures, beside the page, so that the picture never stops.

import { prepareZXingModule, readBarcodes } from '../vendor/zxing/reader.js';

const OPTIONS = { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 1 };
prepareZXingModule({ overrides: { locateFile: (file) => new URL(`../vendor/zxing/${file}`, import.meta.url).href } });

onmessage = async ({ data: image }) => {
  let text = null;
  try {
    const [found] = await readBarcodes(image, OPTIONS);
    text = found?.isValid ? found.text : null;
  } catch {
    // One spoilt picture: the next one comes in a moment.
  }
  postMessage(text);
};
