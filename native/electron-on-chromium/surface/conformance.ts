import type { app } from "../app/app.ts"
import type { electron } from "../electron.ts"
import type { BrowserWindow } from "../windows/browser-window.ts"
import type * as Surface from "./surface.d.ts"

// Compiled, never run: whatever of the surface the stand-in lacks, or has with another signature, is an error here.

/** What has an overload for each of its events, or holds whole objects of Electron's own: only that it is there counts. */
type Loose =
  | "commandLine"
  | "items"
  | "mainFrame"
  | "off"
  | "on"
  | "once"
  | "removeListener"
  | "session"
  | "setDevicePermissionHandler"
  | "setDisplayMediaRequestHandler"
  | "webContents"
  | "webRequest"

/** The members of a part of the surface as the stand-in must have them. */
type Wanted<Part> = { [Name in keyof Part]: Name extends Loose ? object : Part[Name] }

/** Refuses a stand-in whose type does not have all that is wanted. */
type Has<StandIn extends Wanted<Part>, Part> = [StandIn, Part]

/** Refuses one that lacks a function; overloads and Electron's own classes among the parameters are not compared. */
type HasFunctions<StandIn extends Record<keyof Part, (...args: never) => unknown>, Part> = [StandIn, Part]

type StandIn = typeof electron
type Main = Omit<typeof Surface, "contextBridge" | "ipcRenderer">
type Contents = Pick<
  Surface.WebContents,
  Exclude<keyof Surface.WebContents, "capturePage" | "setWindowOpenHandler" | "executeJavaScript">
>

export type Conformance = [
  // Every module of the main process is there.
  Has<{ [Name in keyof StandIn]: object }, { [Name in keyof Main]: object }>,
  Has<typeof app, Surface.App>,
  Has<BrowserWindow, Surface.BrowserWindow>,
  Has<BrowserWindow["webContents"], Contents>,
  Has<StandIn["session"]["defaultSession"], Surface.Session>,
  Has<StandIn["clipboard"], typeof Surface.clipboard>,
  Has<StandIn["nativeTheme"], typeof Surface.nativeTheme>,
  Has<StandIn["net"], typeof Surface.net>,
  Has<StandIn["powerMonitor"], typeof Surface.powerMonitor>,
  Has<StandIn["protocol"], typeof Surface.protocol>,
  Has<StandIn["safeStorage"], typeof Surface.safeStorage>,
  Has<StandIn["screen"], typeof Surface.screen>,
  Has<StandIn["shell"], typeof Surface.shell>,
  Has<ReturnType<StandIn["utilityProcess"]["fork"]>, Surface.UtilityProcess>,
  HasFunctions<StandIn["dialog"], Surface.Dialog>,
  HasFunctions<StandIn["ipcMain"], typeof Surface.ipcMain>,
  HasFunctions<StandIn["Menu"], Surface.MenuClass>,
  HasFunctions<
    StandIn["BrowserWindow"],
    Pick<Surface.BrowserWindowClass, "getAllWindows" | "getFocusedWindow" | "fromId" | "fromWebContents">
  >,
]
