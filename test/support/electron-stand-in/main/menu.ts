interface MenuItemOptions {
  id?: string;
  label?: string;
  role?: string;
  type?: string;
  enabled?: boolean;
  accelerator?: string;
  registerAccelerator?: boolean;
  click?: () => void;
  submenu?: MenuItemOptions[];
}

class MenuItem {
  readonly id: string | undefined;
  readonly label: string;
  readonly role: string | undefined;
  readonly type: string;
  readonly accelerator: string | undefined;
  readonly submenu: Menu | undefined;
  enabled: boolean;
  private readonly onClick: (() => void) | undefined;

  constructor(options: MenuItemOptions) {
    if (options.label === undefined && options.role === undefined && options.type !== 'separator') {
      throw new TypeError('Invalid menu item: it needs a label, a role or the type separator');
    }
    this.id = options.id;
    this.label = options.label ?? '';
    this.role = options.role;
    this.type = options.type ?? (options.submenu ? 'submenu' : 'normal');
    this.accelerator = options.accelerator;
    this.enabled = options.enabled !== false;
    this.onClick = options.click;
    this.submenu = options.submenu ? Menu.buildFromTemplate(options.submenu) : undefined;
  }

  click(): void {
    if (this.enabled) this.onClick?.();
  }
}

export class Menu {
  private static applicationMenu: Menu | null = null;

  constructor(readonly items: MenuItem[]) {}

  static buildFromTemplate(template: MenuItemOptions[]): Menu {
    return new Menu(template.map((options) => new MenuItem(options)));
  }

  static setApplicationMenu(menu: Menu | null): void {
    Menu.applicationMenu = menu;
  }

  static getApplicationMenu(): Menu | null {
    return Menu.applicationMenu;
  }

  getMenuItemById(id: string): MenuItem | null {
    for (const item of this.items) {
      const found = item.id === id ? item : (item.submenu?.getMenuItemById(id) ?? null);
      if (found) return found;
    }
    return null;
  }
}
