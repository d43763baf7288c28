import type { GeneratorCompiler } from './compiled-generator';
import { createRounding } from './rounding';

/** `mean + amplitude * sin(2π (t / period + phase)) + noise * N(0, 1)`, t being the run's clock at the task. */
export const compileSine: GeneratorCompiler<'sine'> = ({ periodSeconds, amplitude, mean, phase, noise, decimals }) => {
  const round = createRounding(decimals);
  const periodUs = periodSeconds * 1e6;
  return (scope) => {
    const curve = mean + amplitude * Math.sin(2 * Math.PI * (scope.signalTimeUs / periodUs + phase));
    return round(noise === 0 ? curve : curve + noise * scope.random.gaussian());
  };
};
