// node --import: the wall clock of this process is set forth and back twice a second; what is monotonic goes on.
const OFFSETS_MS = [0, 3_600_000, -7_200_000, 86_400_000, -1_000];
const originMs = performance.now();
const RealDate = Date;
const offsetMs = () => OFFSETS_MS[Math.floor((performance.now() - originMs) / 500) % OFFSETS_MS.length];

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + offsetMs());
    else super(...args);
  }

  static now() {
    return RealDate.now() + offsetMs();
  }
};
