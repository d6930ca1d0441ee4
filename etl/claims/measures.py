"""Measures: the units of physics, of time and of the kitchen, by their names and signs. None of them is a figure of a business."""

# ruff: noqa: E501 (a class of words is one line)

from __future__ import annotations

# Measures of things, not of business: kept as quantities with their unit, never claimed.
_MEASURES = {
    "gigabyte": "gb gigabyte gigabytes gigs", "megabyte": "mb megabyte megabytes", "terabyte": "tb terabyte terabytes",
    "kilobyte": "kb kilobytes",
    "milliampere hour": "mah 毫安时 毫安", "megapixel": "mp megapixel megapixels megapixel's 万像"
                                            "素", "gigahertz": "ghz gigahertz", "megahertz": "mhz", "hertz": "hz hertz 赫兹",
    "inch": "inch inches inch-tall ″ ” \" 英寸", "nanometre": "nm nanometer nanometers nanometre 纳米", "millimetre":
        "mm millimeter millimeters millimetre millimetres 毫米",
    "centimetre": "cm centimeter centimeters centimetres 厘米", "metre": "metre metres meter meters 米", "decimeter": "dm", "kilometre":
        "km kms kilometer kilometers kilometre kilometres 公里",
    "foot": "ft foot feet feet", "yard": "yd yds yard yards", "mile": "mile miles mi", "nautical mile": "nmi", "acre": "acre acres",
    "mu": "亩", "year of age": "岁",
    "hectare": "ha hectare hectares",
    "square metre": "sqm m2 m² square-meter square-metre 平方米 平米", "micrometre": "μm µm micron microns", "square kilometre": "km2 km²",
    "cubic metre": "m3 m³",
    "watt": "w watt watts 瓦", "kilowatt": "kw kilowatt kilowatts",
    "megawatt": "mw megawatt megawatts", "gigawatt": "gw gigawatt gigawatts", "gigawatt hour": "gwh",
    "kilowatt hour": "kwh kwhs", "megawatt hour": "mwh",
    "volt": "v volt volts", "horsepower": "hp horsepower 马力", "brake horsepower": "bhp",
    "gram": "g gram grams gramme grammes 克", "kilogram":
        "kg kgs kilo kilos kilogram kilograms 公斤",
    "milligram": "mg milligram milligrams", "microgram": "microgram micrograms mcg", "pound": "lb lbs", "ounce": "oz ounce ounces",
    "tonne": "tonne tonnes 吨",
    "ton": "ton tons", "litre": "l litre litres liter liters", "millilitre": "ml millilitre milliliters", "gallon": "gallon gallons",
    "barrel": "barrel barrels bbl", "barrel per day": "bpd",
    "degree": "degree degrees °", "celsius": "°c celsius", "fahrenheit": "°f", "decibel": "db decibel decibels", "bit": "bit bits",
    "pixel": "pixel pixels 像素",
    "kilometre per hour": "km/h kmh kph kmph km/hr", "mile per hour": "mph", "mile/gallon": "mpg",
    "revolution/minute": "rpm", "frame per second": "fps",
    "megabit per second": "mbps mb/s", "gigabit per second": "gbps", "nit": "nit nits 尼特", "lumen": "lumens", "radian": "rad",
    "pound-foot": "pound-feet lb-ft", "megapascal": "mpa", "part per million": "ppm", "part per billion": "ppb", "newton metre": "nm.",
    "second": "sec secs second seconds 秒", "millisecond": "ms millisecond milliseconds",
    "minute": "min mins minute minutes 分钟",
    "hour": "hr hrs hour hours 小时", "day": "day days 天", "week": "week weeks 周", "month": "month months 个月",
    "quarter": "quarters 个季度",
    "year": "yr yrs year years year-old 年", "decade": "decade decades", "century": "centuries",
    "tablespoon": "tablespoon tablespoons tbsp", "cup": "cup cups",
    "teaspoon": "teaspoon teaspoons tsp", "pint": "pint pints", "quart": "quart quarts", "bushel": "bushel bushels",
    "kilojoule": "kj kilojoule kilojoules", "megajoule": "megajoule megajoules", "joule": "joule joules", "calorie": "calorie calories",
    "kilocalorie": "kcal kcals kilocalorie kilocalories", "british thermal unit": "btu btus", "mega british thermal unit": "mmbtu mmbtus",
    "terawatt": "terawatt terawatts", "terawatt hour": "twh terawatt-hour terawatt-hours", "milliwatt": "milliwatt milliwatts",
    "pascal": "pascal pascals", "kilopascal": "kpa kilopascal kilopascals", "gigapascal": "gigapascal gigapascals",
    "hectopascal": "hpa hectopascal hectopascals", "millibar": "mbar millibar millibars", "pound/square inch": "psi",
    "kilopound/square inch": "ksi", "newton": "newton newtons", "kilonewton": "kn kilonewton kilonewtons",
    "volt ampere": "va", "kilovolt ampere": "kva", "kilovolt": "kv kilovolt kilovolts", "millivolt": "millivolt millivolts",
    "ampere": "amp amps ampere amperes", "milliampere": "milliamp milliamps milliampere milliamperes", "ampere hour": "ampere-hour amp-hour amp-hours",
    "ohm": "ohm ohms ω", "coulomb": "coulomb coulombs", "microfarad": "µf μf microfarad microfarads",
    "nanofarad": "nanofarad nanofarads", "picofarad": "pf picofarad picofarads",
    "kelvin": "kelvin kelvins", "lux": "lux", "candela": "candela candelas cd/m2", "becquerel": "becquerel becquerels",
    "knot": "knot knots kts", "cubic centimetre": "cc cm3 cm³ ccs", "square centimetre": "cm2 cm²", "square millimetre": "mm2 mm²",
    "square foot": "sqft ft2 ft²", "cubic foot": "ft3 ft³", "centilitre": "cl centilitre centilitres centiliter centiliters",
    "hectolitre": "hl hectolitre hectolitres", "nanogram": "ng nanogram nanograms", "milligram/decilitre": "mg/dl", "decilitre": "dl",
    "millimetre of mercury": "mmhg", "beat per minute": "bpm",
    "billion cubic feet": "bcf", "thousand cubic feet": "mcf", "barrel of oil equivalent": "boe", "barrel of oil equivalent per day": "boepd boed",
    "carat": "carat carats",
    "light-year": "light-year light-years lightyear lightyears", "parsec": "parsec parsecs", "furlong": "furlong furlongs", "fathom": "fathom fathoms",
    "microsecond": "µs μs microsecond microseconds", "nanosecond": "ns nanosecond nanoseconds", "kilohertz": "khz kilohertz", "terahertz": "thz terahertz",
    "petabyte": "pb petabyte petabytes", "exabyte": "exabyte exabytes", "megabit": "megabit megabits", "gigabit": "gigabit gigabits",
    "kilobit per second": "kbps kb/s", "megabyte per second": "mbyte/s", "pixel per inch": "ppi", "dot per inch": "dpi",
}  # fmt: skip
MEASURE = {word: unit for unit, words in _MEASURES.items() for word in words.split()}
DURATIONS = frozenset({"second", "millisecond", "microsecond", "nanosecond", "minute", "hour", "day", "week", "month", "quarter", "year", "decade", "century"})
CASED = {"GPa": "gigapascal", "AU": "astronomical unit", "IU": "international unit", "C": "celsius", "mV": "millivolt", "mA": "milliampere", "Ah": "ampere hour", "MJ": "megajoule", "Wh": "watt hour", "TW": "terawatt",
    "kA": "kiloampere", "nF": "nanofarad", "VA": "volt ampere",
    "W": "watt", "V": "volt", "A": "ampere", "F": "farad", "Nm": "newton metre", "PS": "horsepower"}
NEEDS_CASE = frozenset({"w", "v", "l", "g", "mi", "rad", "min", "bit", "second", "ha", "mw", "le", "rm", "a", "va", "kn", "pf", "cl", "hl", "dl", "pb", "ns"})
