// Moments as Belgian members read them.

const ZONE = { timeZone: "Europe/Brussels" };
const CLOCK = new Intl.DateTimeFormat("fr-BE", { ...ZONE, hour: "2-digit", minute: "2-digit" });
const DAY = new Intl.DateTimeFormat("fr-BE", { ...ZONE, weekday: "long", day: "numeric", month: "long" });

/** "23:40" */
export function clock(iso) {
  return CLOCK.format(new Date(iso));
}

/** "Aujourd’hui", "Hier" or "Lundi 23 novembre" */
export function dayOf(iso) {
  const day = DAY.format(new Date(iso));
  if (day === DAY.format(new Date())) return "Aujourd’hui";
  if (day === DAY.format(new Date(Date.now() - 24 * 3600 * 1000))) return "Hier";
  return day[0].toUpperCase() + day.slice(1);
}
