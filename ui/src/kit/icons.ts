/*
 * The icons of the app: Lucide's (ISC licence), taken one by one so that no other
 * reaches the browser.
 */
import archive from "lucide/dist/esm/icons/archive.mjs";
import archiveRestore from "lucide/dist/esm/icons/archive-restore.mjs";
import ban from "lucide/dist/esm/icons/ban.mjs";
import arrowDown from "lucide/dist/esm/icons/arrow-down.mjs";
import arrowLeft from "lucide/dist/esm/icons/arrow-left.mjs";
import arrowUp from "lucide/dist/esm/icons/arrow-up.mjs";
import arrowUpDown from "lucide/dist/esm/icons/arrow-up-down.mjs";
import bookmark from "lucide/dist/esm/icons/message-square-quote.mjs";
import book from "lucide/dist/esm/icons/book-open.mjs";
import calendar from "lucide/dist/esm/icons/calendar.mjs";
import check from "lucide/dist/esm/icons/check.mjs";
import checkCheck from "lucide/dist/esm/icons/check-check.mjs";
import chevronDown from "lucide/dist/esm/icons/chevron-down.mjs";
import chevronLeft from "lucide/dist/esm/icons/chevron-left.mjs";
import chevronRight from "lucide/dist/esm/icons/chevron-right.mjs";
import chevronUp from "lucide/dist/esm/icons/chevron-up.mjs";
import circleCheck from "lucide/dist/esm/icons/circle-check.mjs";
import clock from "lucide/dist/esm/icons/clock-3.mjs";
import command from "lucide/dist/esm/icons/command.mjs";
import copy from "lucide/dist/esm/icons/copy.mjs";
import download from "lucide/dist/esm/icons/download.mjs";
import ellipsis from "lucide/dist/esm/icons/ellipsis.mjs";
import eye from "lucide/dist/esm/icons/eye.mjs";
import eyeOff from "lucide/dist/esm/icons/eye-off.mjs";
import file from "lucide/dist/esm/icons/file-text.mjs";
import link from "lucide/dist/esm/icons/link.mjs";
import listChecks from "lucide/dist/esm/icons/list-checks.mjs";
import lock from "lucide/dist/esm/icons/lock.mjs";
import logOut from "lucide/dist/esm/icons/log-out.mjs";
import mail from "lucide/dist/esm/icons/mail.mjs";
import note from "lucide/dist/esm/icons/notebook-pen.mjs";
import paperclip from "lucide/dist/esm/icons/paperclip.mjs";
import pencil from "lucide/dist/esm/icons/pencil.mjs";
import phone from "lucide/dist/esm/icons/phone.mjs";
import plus from "lucide/dist/esm/icons/plus.mjs";
import quote from "lucide/dist/esm/icons/text-quote.mjs";
import refresh from "lucide/dist/esm/icons/rotate-cw.mjs";
import reopen from "lucide/dist/esm/icons/rotate-ccw.mjs";
import search from "lucide/dist/esm/icons/search.mjs";
import send from "lucide/dist/esm/icons/send-horizontal.mjs";
import settings from "lucide/dist/esm/icons/settings.mjs";
import tag from "lucide/dist/esm/icons/tag.mjs";
import trash from "lucide/dist/esm/icons/trash.mjs";
import triangleAlert from "lucide/dist/esm/icons/triangle-alert.mjs";
import unread from "lucide/dist/esm/icons/message-circle-more.mjs";
import user from "lucide/dist/esm/icons/user-round.mjs";
import userPlus from "lucide/dist/esm/icons/user-round-plus.mjs";
import users from "lucide/dist/esm/icons/users-round.mjs";
import x from "lucide/dist/esm/icons/x.mjs";
import zoomIn from "lucide/dist/esm/icons/zoom-in.mjs";
import zoomOut from "lucide/dist/esm/icons/zoom-out.mjs";
import bulb from "lucide/dist/esm/icons/lightbulb.mjs";
import car from "lucide/dist/esm/icons/car.mjs";
import cup from "lucide/dist/esm/icons/coffee.mjs";
import filter from "lucide/dist/esm/icons/list-filter.mjs";
import flag from "lucide/dist/esm/icons/flag.mjs";
import hand from "lucide/dist/esm/icons/hand.mjs";
import heart from "lucide/dist/esm/icons/heart.mjs";
import keyboard from "lucide/dist/esm/icons/keyboard.mjs";
import languages from "lucide/dist/esm/icons/languages.mjs";
import leaf from "lucide/dist/esm/icons/leaf.mjs";
import smile from "lucide/dist/esm/icons/face-slightly-smiling.mjs";
import trophy from "lucide/dist/esm/icons/trophy.mjs";

export const icons = {
  bulb,
  car,
  cup,
  flag,
  hand,
  heart,
  leaf,
  smile,
  trophy,
  archive,
  archiveRestore,
  arrowDown,
  arrowLeft,
  arrowUp,
  arrowUpDown,
  ban,
  bookmark,
  book,
  calendar,
  check,
  checkCheck,
  chevronDown,
  chevronLeft,
  chevronRight,
  chevronUp,
  circleCheck,
  clock,
  command,
  copy,
  download,
  ellipsis,
  eye,
  eyeOff,
  file,
  filter,
  keyboard,
  languages,
  link,
  listChecks,
  lock,
  logOut,
  mail,
  note,
  paperclip,
  pencil,
  phone,
  plus,
  quote,
  refresh,
  reopen,
  search,
  send,
  settings,
  tag,
  trash,
  triangleAlert,
  unread,
  user,
  userPlus,
  users,
  x,
  zoomIn,
  zoomOut,
} as const;

export type IconName = keyof typeof icons;
