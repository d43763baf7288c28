import { expect, type Locator, type Page } from '@playwright/test';

/** The editor, by what a user sees of it. */
export class EditorPage {
  readonly outline: Locator;
  readonly details: Locator;
  readonly preview: Locator;

  constructor(private readonly page: Page) {
    this.outline = page.getByRole('tree', { name: 'Outline of the scenario' });
    this.details = page.getByRole('region', { name: 'Details' });
    this.preview = page.getByRole('region', { name: 'Preview', exact: true });
  }

  line(name: string | RegExp): Locator {
    return this.outline.getByRole('treeitem', { name });
  }

  field(name: string): Locator {
    return this.details.getByRole('textbox', { name, exact: true });
  }

  async choose(line: string | RegExp): Promise<void> {
    await this.line(line).first().click();
  }

  /** Adds something by the menu of the outline, at a line. */
  async add(what: string, line: string | RegExp): Promise<void> {
    await this.choose(line);
    await this.page.getByRole('button', { name: 'Add', exact: true }).click();
    await this.page.getByRole('menuitem', { name: `Add ${what}` }).click();
  }

  /** Picks an option of a select in the details. */
  async pick(select: string, option: string): Promise<void> {
    await this.details.getByRole('combobox', { name: select, exact: true }).click();
    await this.page.getByRole('option', { name: option }).first().click();
    await expect(this.page.getByRole('listbox')).toHaveCount(0);
  }

  /** The text of an editor with highlighting. Its value is what it shows. */
  async write(name: string, text: string): Promise<void> {
    await this.field(name).fill(text);
  }

  async showSource(): Promise<Locator> {
    await this.page.getByRole('tab', { name: 'Source' }).click();
    return this.page.getByRole('textbox', { name: 'Source of the scenario' });
  }

  async showForm(): Promise<void> {
    await this.page.getByRole('tab', { name: 'Form' }).click();
  }
}

/** Drags a line by its handle (x from its left edge) onto a part (0 to 1) of the height of another one. */
export async function dragLine(page: Page, from: Locator, to: Locator, part: number, handle = 90): Promise<void> {
  const start = await from.boundingBox();
  const end = await to.boundingBox();
  if (!start || !end) throw new Error('a line to drag is not in sight');
  await page.mouse.move(start.x + handle, start.y + start.height / 2);
  await page.mouse.down();
  await page.mouse.move(start.x + handle + 6, start.y + start.height / 2 + 8, { steps: 4 });
  await page.mouse.move(end.x + handle, end.y + end.height * part, { steps: 8 });
  await page.mouse.move(end.x + handle + 1, end.y + end.height * part);
  // The mark shows that the pointer's last place has arrived.
  await page.waitForTimeout(100);
  await page.mouse.up();
}
