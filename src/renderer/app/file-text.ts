import { MAX_TEXT_LENGTH } from '../../shared/scenario/json-text';
import { encodingOf } from '../../shared/scenario/text-encoding';

/** The text of a file that the user chose or dropped, in UTF-8 or UTF-16. Rejects with an Error whose message is a sentence for the user. */
export async function fileText(file: File): Promise<string> {
  if (file.size > MAX_TEXT_LENGTH) {
    throw new Error(`${file.name} is larger than ${MAX_TEXT_LENGTH / 1e6} MB, too large for a scenario; choose another file.`);
  }
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Error(`${file.name} could not be read. Check that it is a file that still exists and that you may read it.`);
  }
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${file.name} is not UTF-8 text; save it as UTF-8 and try again.`);
  }
}
