import type { GeneratorCompiler } from './compiled-generator';
import { createRounding } from './rounding';

const HOUR_US = 3_600_000_000;

/**
 * A level that falls from `start` to `empty`, rises to `full`, falls again, and so on. It is a function of the time since the node's
 * first task alone, so that it neither drifts nor depends on how often it is asked for.
 */
export const compileBattery: GeneratorCompiler<'battery'> = (battery) => {
  const { full, empty, drainPerHour, rechargePerHour, decimals } = battery;
  const start = battery.start ?? full;
  const round = createRounding(decimals, empty, full);
  const firstDrainHours = (start - empty) / drainPerHour;
  const rechargeHours = (full - empty) / rechargePerHour;
  const cycleHours = rechargeHours + (full - empty) / drainPerHour;
  return (scope) => {
    const hours = (scope.signalTimeUs - scope.bornUs) / HOUR_US;
    if (hours < firstDrainHours) return round(start - drainPerHour * hours);
    const inCycle = (hours - firstDrainHours) % cycleHours;
    return round(inCycle < rechargeHours ? empty + rechargePerHour * inCycle : full - drainPerHour * (inCycle - rechargeHours));
  };
};
