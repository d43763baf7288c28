import { useDraggable } from '@dnd-kit/react';
import {
  ChevronRight,
  CircleAlert,
  CircleDashed,
  CircleStop,
  Clock,
  Cpu,
  Ellipsis,
  FileText,
  Gauge,
  HelpCircle,
  ListChecks,
  Play,
  Send,
  Server,
  TriangleAlert,
  Variable,
} from 'lucide-react';
import { type MouseEvent, type ReactNode, useState } from 'react';
import { classNames } from '../../../ui/class-names';
import { plural } from '../../../ui/format';
import { IconButton } from '../../../ui/IconButton';
import { Menu } from '../../../ui/Menu';
import { Tooltip } from '../../../ui/Tooltip';
import { editorActions } from '../editor-store';
import type { OutlineKind } from '../model/outline';
import type { DropPlace } from '../model/outline-drop';
import { entryPlace } from '../model/outline-edits';
import type { OutlineRow } from '../model/outline-rows';
import { markSeverity, type ProblemMark } from '../model/problem-marks';
import styles from './OutlineLine.module.css';
import { outlineMenu } from './outline-commands';
import { RenameInput } from './RenameInput';

const ICONS: Record<OutlineKind, ReactNode> = {
  scenario: <FileText />,
  target: <Server />,
  load: <Gauge />,
  nodeType: <Cpu />,
  variables: <Variable />,
  variable: <Variable />,
  onStart: <Play />,
  task: <ListChecks />,
  request: <Send />,
  pause: <Clock />,
  brokenStep: <HelpCircle />,
  onStop: <CircleStop />,
};

/** Kinds whose icon says what the line is; the others are told by their place. */
const WITHOUT_ICON: readonly OutlineKind[] = ['variable'];

export interface OutlineLineProps {
  row: OutlineRow;
  isSelected: boolean;
  isRenaming: boolean;
  mark: ProblemMark | undefined;
  /** Where a dragged line would go, if it were let go over this one. */
  drop: DropPlace['mark'] | null;
}

/** A line of the outline. */
export function OutlineLine({ row, isSelected, isRenaming, mark, drop }: OutlineLineProps) {
  const { item, level, isOpen } = row;
  const [isHovered, setHovered] = useState(false);
  const isMovable = entryPlace(item.path) !== null;
  const { ref, isDragSource } = useDraggable({ id: item.id, disabled: !isMovable || isRenaming });
  const spoken = [item.label, item.detail, mark && markText(mark)].filter(Boolean).join(', ');
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the tree hears the keys for all its lines
    <div
      ref={ref}
      role="treeitem"
      data-id={item.id}
      aria-level={level}
      aria-posinset={row.place}
      aria-setsize={row.siblings}
      aria-expanded={isOpen ?? undefined}
      aria-selected={isSelected}
      aria-label={spoken}
      tabIndex={isSelected ? 0 : -1}
      className={classNames(
        styles.line,
        isSelected && styles.selected,
        isDragSource && styles.dragged,
        drop && styles[drop],
        level === 1 && styles.top,
      )}
      style={{ paddingLeft: 4 + (level - 1) * 16 }}
      onClick={(event) => {
        if (!isOnLine(event)) return;
        if (mark && isOnMark(event)) {
          editorActions.reveal(mark.firstPath);
          return;
        }
        editorActions.select(item.id);
        event.currentTarget.focus();
      }}
      onDoubleClick={(event) => {
        if (isOnLine(event)) editorActions.focusForm();
      }}
      onPointerEnter={() => setHovered(true)}
      onPointerLeave={() => setHovered(false)}
      onContextMenu={(event) => {
        event.preventDefault();
        editorActions.select(item.id);
        event.currentTarget.querySelector<HTMLElement>('[data-menu]')?.click();
      }}
    >
      {isOpen === null ? (
        <span className={styles.twist} />
      ) : (
        // biome-ignore lint/a11y/noStaticElementInteractions: for the pointer; the keys are the arrow keys of the tree
        // biome-ignore lint/a11y/useKeyWithClickEvents: for the pointer; the keys are the arrow keys of the tree
        <span
          className={classNames(styles.twist, isOpen && styles.open)}
          onClick={(event) => {
            event.stopPropagation();
            editorActions.setClosed(item.id, isOpen);
          }}
        >
          <ChevronRight aria-hidden="true" />
        </span>
      )}
      {!WITHOUT_ICON.includes(item.kind) && (
        <span className={styles.icon} aria-hidden="true">
          {ICONS[item.kind]}
        </span>
      )}
      {isRenaming ? (
        <RenameInput item={item} />
      ) : (
        <span dir="auto" title={item.label} className={classNames(styles.label, isCode(item.kind) && styles.code)}>
          {item.label}
        </span>
      )}
      {mark && <Mark mark={mark} />}
      {(isHovered || isSelected) && !isRenaming ? (
        <span className={styles.menu}>
          <Menu
            trigger={
              <IconButton label={`Actions of ${item.label}`} icon={<Ellipsis />} size="small" tabIndex={-1} data-menu="" />
            }
            groups={outlineMenu(item)}
          />
        </span>
      ) : null}
      <span className={styles.detail}>{item.detail}</span>
    </div>
  );
}

/** Whether an event happened on the line itself: not on its menu, nor (events come through the tree of components) in the menu's list. */
function isOnLine({ target, currentTarget }: MouseEvent<HTMLElement>): boolean {
  return target instanceof Element && currentTarget.contains(target) && target.closest('[data-menu], input') === null;
}

/** The mark leads to the field of its first problem. */
function isOnMark({ target }: MouseEvent<HTMLElement>): boolean {
  return target instanceof Element && target.closest('[data-mark]') !== null;
}

function isCode(kind: OutlineKind): boolean {
  return kind === 'request' || kind === 'variable';
}

const MARK_ICONS = {
  error: <CircleAlert aria-hidden="true" />,
  missing: <CircleDashed aria-hidden="true" />,
  warning: <TriangleAlert aria-hidden="true" />,
};

/** How many problems a line has, with the first as tooltip; icon and number, never the colour alone. */
function Mark({ mark }: { mark: ProblemMark }) {
  const severity = markSeverity(mark);
  const counts = { error: mark.errors, missing: mark.missing, warning: mark.warnings };
  return (
    <Tooltip content={mark.first} side="right">
      <span data-mark="" className={classNames(styles.mark, styles[severity])}>
        {MARK_ICONS[severity]}
        {counts[severity]}
      </span>
    </Tooltip>
  );
}

function markText({ errors, warnings, missing, first }: ProblemMark): string {
  const counts = [
    errors > 0 && plural(errors, 'error'),
    missing > 0 && `${missing} missing`,
    warnings > 0 && plural(warnings, 'warning'),
  ]
    .filter(Boolean)
    .join(', ');
  return `${counts}: ${first}`;
}
