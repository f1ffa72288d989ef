/**
 * What of Electron the product may use, in Electron's own types. It is held against both sides: the product sees this
 * file as `electron` and may name nothing else (`npm run types`), and conformance.ts refuses a stand-in that lacks any
 * of it.
 */

type Emits = "on" | "once" | "off" | "removeListener"

export type App = Pick<
  Electron.App,
  | Emits
  | "commandLine"
  | "enableSandbox"
  | "exit"
  | "focus"
  | "getAppPath"
  | "getLocale"
  | "getName"
  | "getPath"
  | "getPreferredSystemLanguages"
  | "getVersion"
  | "hasSingleInstanceLock"
  | "isPackaged"
  | "isReady"
  | "name"
  | "quit"
  | "releaseSingleInstanceLock"
  | "requestSingleInstanceLock"
  | "setAppUserModelId"
  | "setName"
  | "setPath"
  | "whenReady"
>

export type WebContents = Pick<
  Electron.WebContents,
  | Emits
  | "capturePage"
  | "close"
  | "executeJavaScript"
  | "focus"
  | "getTitle"
  | "getURL"
  | "getZoomFactor"
  | "id"
  | "isDestroyed"
  | "isFocused"
  | "isLoading"
  | "loadURL"
  | "mainFrame"
  | "reload"
  | "send"
  | "session"
  | "setVisualZoomLevelLimits"
  | "setWindowOpenHandler"
  | "setZoomFactor"
>

export interface BrowserWindow extends Pick<
  Electron.BrowserWindow,
  | Emits
  | "blur"
  | "close"
  | "destroy"
  | "focus"
  | "getBounds"
  | "getTitle"
  | "hide"
  | "id"
  | "isContentProtected"
  | "isDestroyed"
  | "isFocused"
  | "isFullScreen"
  | "isMaximized"
  | "isMinimized"
  | "isVisible"
  | "loadFile"
  | "loadURL"
  | "maximize"
  | "minimize"
  | "reload"
  | "removeMenu"
  | "restore"
  | "setBounds"
  | "setContentProtection"
  | "setFullScreen"
  | "setMenuBarVisibility"
  | "setSize"
  | "setTitle"
  | "show"
  | "showInactive"
  | "unmaximize"
> {
  readonly webContents: Electron.WebContents
}

export interface WindowOptions extends Pick<
  Electron.BrowserWindowConstructorOptions,
  | "autoHideMenuBar"
  | "backgroundColor"
  | "height"
  | "icon"
  | "minHeight"
  | "minWidth"
  | "show"
  | "title"
  | "useContentSize"
  | "width"
  | "x"
  | "y"
> {
  webPreferences?: Pick<
    Electron.WebPreferences,
    | "additionalArguments"
    | "allowRunningInsecureContent"
    | "contextIsolation"
    | "devTools"
    | "experimentalFeatures"
    | "navigateOnDragDrop"
    | "nodeIntegration"
    | "nodeIntegrationInSubFrames"
    | "nodeIntegrationInWorker"
    | "preload"
    | "sandbox"
    | "spellcheck"
    | "webSecurity"
    | "webviewTag"
  >
}

export interface BrowserWindowClass {
  new (options?: WindowOptions): BrowserWindow
  getAllWindows(): BrowserWindow[]
  getFocusedWindow(): BrowserWindow | null
  fromId(id: number): BrowserWindow | null
  fromWebContents(contents: Electron.WebContents): BrowserWindow | null
}

export interface Session extends Pick<
  Electron.Session,
  | Emits
  | "clearCache"
  | "setDevicePermissionHandler"
  | "setDisplayMediaRequestHandler"
  | "setPermissionCheckHandler"
  | "setPermissionRequestHandler"
  | "setSpellCheckerEnabled"
> {
  readonly webRequest: Pick<Electron.WebRequest, "onBeforeRequest" | "onHeadersReceived">
}

export interface Dialog extends Pick<Electron.Dialog, "showErrorBox" | "showOpenDialog" | "showSaveDialog"> {
  showMessageBox(
    window: BrowserWindow,
    options: Electron.MessageBoxOptions,
  ): Promise<Electron.MessageBoxReturnValue>
  showMessageBox(options: Electron.MessageBoxOptions): Promise<Electron.MessageBoxReturnValue>
}

export interface MenuItem extends Pick<
  Electron.MenuItem,
  "checked" | "enabled" | "id" | "label" | "visible"
> {
  click(): void
}
export interface Menu {
  readonly items: MenuItem[]
  getMenuItemById(id: string): MenuItem | null
}
export interface MenuClass {
  buildFromTemplate(template: Electron.MenuItemConstructorOptions[]): Menu
  setApplicationMenu(menu: Menu | null): void
  getApplicationMenu(): Menu | null
}

export interface UtilityProcess extends Pick<
  Electron.UtilityProcess,
  Emits | "kill" | "pid" | "stderr" | "stdout"
> {
  postMessage(message: unknown): void
}

export const app: App
export const BrowserWindow: BrowserWindowClass
export const clipboard: Pick<Electron.Clipboard, "clear" | "readText" | "writeText">
export const contextBridge: Pick<Electron.ContextBridge, "exposeInMainWorld">
export const dialog: Dialog
export const ipcMain: Pick<
  Electron.IpcMain,
  Emits | "handle" | "handleOnce" | "removeAllListeners" | "removeHandler"
>
export const ipcRenderer: Pick<Electron.IpcRenderer, Emits | "invoke" | "removeAllListeners" | "send">
export const Menu: MenuClass
export const nativeTheme: Pick<Electron.NativeTheme, Emits | "shouldUseDarkColors" | "themeSource">
export const net: Pick<Electron.Net, "fetch" | "isOnline">
export const powerMonitor: Pick<
  Electron.PowerMonitor,
  Emits | "getSystemIdleState" | "getSystemIdleTime" | "isOnBatteryPower"
>
export const protocol: Pick<
  Electron.Protocol,
  "handle" | "isProtocolHandled" | "registerSchemesAsPrivileged" | "unhandle"
>
export const safeStorage: Pick<
  Electron.SafeStorage,
  | "decryptString"
  | "decryptStringAsync"
  | "encryptString"
  | "encryptStringAsync"
  | "getSelectedStorageBackend"
  | "isAsyncEncryptionAvailable"
  | "isEncryptionAvailable"
  | "setUsePlainTextEncryption"
>
export const screen: {
  getPrimaryDisplay(): Pick<
    Electron.Display,
    "bounds" | "id" | "scaleFactor" | "size" | "workArea" | "workAreaSize"
  >
}
export const session: { readonly defaultSession: Session }
export const shell: Pick<Electron.Shell, "beep" | "openExternal" | "openPath" | "showItemInFolder">
export const utilityProcess: {
  fork(modulePath: string, args?: string[], options?: Electron.ForkOptions): UtilityProcess
}

// Names of types that come with the module, as `import type { … } from "electron"` finds them.
export type IpcMain = typeof ipcMain
export type IpcMainInvokeEvent = Electron.IpcMainInvokeEvent
export type IpcMainEvent = Electron.IpcMainEvent
export type IpcRendererEvent = Electron.IpcRendererEvent
export type MenuItemConstructorOptions = Electron.MenuItemConstructorOptions
export type BrowserWindowConstructorOptions = WindowOptions
export type WebFrameMain = Electron.WebFrameMain
export type WebPreferences = Electron.WebPreferences
export type Input = Electron.Input
export type Event = Electron.Event
export type SafeStorage = typeof safeStorage
export type Rectangle = Electron.Rectangle
