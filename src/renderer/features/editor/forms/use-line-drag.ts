import { type DragDropProvider, type DragMoveEvent, PointerSensor } from '@dnd-kit/react';
import { type ComponentProps, useState } from 'react';

/** The line that is dragged, and the one that it would stand before if it were let go now. */
export interface LineDrag {
  from: number;
  before: number;
}

type ProviderProps = ComponentProps<typeof DragDropProvider>;

/** Where a line would go is marked by the list itself. */
const NO_PLUGINS: NonNullable<ProviderProps['plugins']> = [];
const SENSORS = [PointerSensor];

/**
 * Lines that are moved by their handles, each a draggable with its place for an id. `lines`: their elements as they stand; `onMove`: a line is to have
 * the place `to`. The properties are for the provider around them.
 */
export function useLineDrag(
  lines: () => readonly HTMLElement[],
  onMove: (from: number, to: number) => void,
): { drag: LineDrag | null; provider: ProviderProps } {
  const [drag, setDrag] = useState<LineDrag | null>(null);
  const onDragMove = ({ operation, to, by }: DragMoveEvent) => {
    const y = to?.y ?? operation.position.current.y + (by?.y ?? 0);
    const elements = lines();
    const below = elements.findIndex((line) => y < line.getBoundingClientRect().top + line.offsetHeight / 2);
    setDrag({ from: Number(operation.source?.id), before: below === -1 ? elements.length : below });
  };
  const onDragEnd = ({ canceled }: { canceled: boolean }) => {
    setDrag(null);
    if (canceled || !drag) return;
    // A field goes on showing what is being written in it, also with another line's value in its place.
    const { activeElement } = document;
    if (activeElement instanceof HTMLElement && lines().some((line) => line.contains(activeElement))) activeElement.blur();
    onMove(drag.from, drag.before > drag.from ? drag.before - 1 : drag.before);
  };
  return { drag, provider: { plugins: NO_PLUGINS, sensors: SENSORS, onDragMove, onDragEnd } };
}
