"""Words of the demo world. All firms and people are made up; domains end in .example."""

# Country: (towns with postcodes, family names, legal forms, phone prefix)
PLACES: dict[str, tuple[tuple[str, str], ...]] = {
    "DE": (
        ("Kiel", "24103"), ("Lübeck", "23552"), ("Hamburg", "20457"), ("Bremen", "28195"), ("Hannover", "30159"),
        ("Kassel", "34117"), ("Göttingen", "37073"), ("Dortmund", "44137"), ("Köln", "50667"), ("Bonn", "53111"),
        ("Trier", "54290"), ("Mainz", "55116"), ("Ulm", "89073"), ("Augsburg", "86150"), ("München", "80331"),
        ("Nürnberg", "90402"), ("Jena", "07743"), ("Leipzig", "04109"), ("Dresden", "01067"), ("Rostock", "18055"),
    ),
    "AT": (("Wien", "1010"), ("Graz", "8010"), ("Linz", "4020"), ("Salzburg", "5020"), ("Innsbruck", "6020")),
    "CH": (("Zürich", "8001"), ("Bern", "3011"), ("Basel", "4051"), ("Luzern", "6003"), ("Chur", "7000")),
    "NL": (("Utrecht", "3511 AB"), ("Groningen", "9711 CD"), ("Breda", "4811 EF"), ("Zwolle", "8011 GH")),
    "FR": (("Lille", "59000"), ("Nantes", "44000"), ("Lyon", "69002"), ("Rennes", "35000"), ("Tours", "37000")),
    "GB": (("Leeds", "LS1 4AP"), ("Bristol", "BS1 4DJ"), ("York", "YO1 7HH"), ("Derby", "DE1 2GU"), ("Hull", "HU1 3DZ")),
    "US": (("Akron", "44308"), ("Boise", "83702"), ("Tulsa", "74103"), ("Dayton", "45402"), ("Reno", "89501-1234")),
    "DK": (("Aarhus", "8000"), ("Odense", "5000"), ("Aalborg", "9000")),
    "PL": (("Poznań", "61-001"), ("Gdańsk", "80-001"), ("Wrocław", "50-001")),
    "IT": (("Verona", "37121"), ("Parma", "43121"), ("Trento", "38122")),
    "ES": (("Bilbao", "48001"), ("Gijón", "33201"), ("Málaga", "29015")),
}  # fmt: skip
WEIGHTS = {
    "DE": 40,
    "AT": 8,
    "CH": 7,
    "NL": 8,
    "FR": 8,
    "GB": 10,
    "US": 9,
    "DK": 3,
    "PL": 3,
    "IT": 2,
    "ES": 2,
}
PHONE_PREFIX = {
    "DE": "+49", "AT": "+43", "CH": "+41", "NL": "+31", "FR": "+33", "GB": "+44", "US": "+1", "DK": "+45",
    "PL": "+48", "IT": "+39", "ES": "+34",
}  # fmt: skip
LEGAL_FORMS = {
    "DE": ("GmbH", "GmbH & Co. KG", "KG", "AG", "e.K.", "OHG"),
    "AT": ("GmbH", "KG", "e.U."),
    "CH": ("AG", "GmbH", "SA"),
    "NL": ("B.V.", "V.O.F."),
    "FR": ("SARL", "SAS", "S.A."),
    "GB": ("Ltd", "Limited", "plc", "LLP"),
    "US": ("Inc.", "LLC", "Corp."),
    "DK": ("ApS", "A/S"),
    "PL": ("Sp. z o.o.", "S.A."),
    "IT": ("S.r.l.", "S.p.A."),
    "ES": ("S.L.", "S.A."),
}
TRADES = {
    "DE": (
        "Maschinenbau", "Werkzeughandel", "Landtechnik", "Baugeräte", "Metallbau", "Zimmerei", "Dachdeckerei",
        "Holzbau", "Stahlhandel", "Gartentechnik", "Motorgeräte", "Fördertechnik", "Druckluft", "Schweißtechnik",
        "Industriebedarf", "Baustoffe", "Elektrotechnik", "Sanitär", "Forsttechnik", "Vermietung",
    ),
    "EN": (
        "Tools", "Machinery", "Builders Merchants", "Farm Supplies", "Engineering", "Plant Hire", "Fasteners",
        "Welding", "Pumps", "Compressors", "Timber", "Steel", "Garden Machinery", "Joinery", "Roofing", "Hydraulics",
    ),
    "FR": ("Outillage", "Matériel agricole", "Métallerie", "Charpente", "Location", "Quincaillerie", "Mécanique"),
    "NL": ("Gereedschap", "Machinebouw", "Landbouwtechniek", "Verhuur", "Bouwmaterialen", "Staal"),
    "OTHER": ("Tech", "Industri", "Metal", "Tools", "Maskiner", "Narzędzia", "Utensili", "Herramientas"),
}  # fmt: skip
LANGUAGE_OF_TRADES = {"DE": "DE", "AT": "DE", "CH": "DE", "GB": "EN", "US": "EN", "FR": "FR", "NL": "NL"}
FAMILIES = {
    "DE": (
        "Petersen", "Hansen", "Möller", "Krüger", "Schröder", "Brandt", "Vogt", "Lindner", "Seidel", "Kühn", "Ziegler",
        "Sommer", "Böhm", "Fuchs", "Winkler", "Jäger", "Otto", "Haas", "Groß", "Schuster", "Pohl", "Thiel", "Busch",
        "Ritter", "Wolff", "Arndt", "Beyer", "Kaiser", "Ebert", "Friedrich", "Günther", "Heinrich",
    ),
    "EN": (
        "Ashworth", "Barnes", "Carver", "Dawson", "Ellison", "Fletcher", "Garland", "Holloway", "Ingram", "Jarvis",
        "Kendall", "Lockwood", "Merriman", "Norwood", "Oakley", "Prescott", "Radcliffe", "Stanton", "Thornton", "Whitmore",
    ),
    "FR": ("Aubert", "Bonnet", "Carpentier", "Delmas", "Fontaine", "Giraud", "Lefort", "Marchand", "Perrin", "Renard"),
    "NL": ("de Boer", "van Dijk", "Jansma", "Kuipers", "Mulder", "Postma", "Smit", "Visser", "Wiersma"),
    "OTHER": ("Nielsen", "Kowalski", "Rossi", "García", "Lindqvist", "Novak", "Ferrari", "Ortega", "Sørensen"),
}  # fmt: skip
FIRST_NAMES = {
    "DE": ("Anna", "Jens", "Maike", "Tobias", "Ulrike", "Karsten", "Silke", "Henning", "Petra", "Lars", "Birgit", "Uwe"),
    "EN": ("Alice", "Ben", "Claire", "David", "Emma", "Frank", "Grace", "Harry", "Irene", "Jack", "Kate", "Liam"),
    "FR": ("Aurélie", "Bruno", "Chloé", "Denis", "Élodie", "Fabien", "Hélène", "Luc", "Manon", "Yves"),
    "NL": ("Anneke", "Bas", "Femke", "Gijs", "Ilse", "Joris", "Lotte", "Sander", "Wouter"),
    "OTHER": ("Ana", "Marek", "Giulia", "Søren", "Zofia", "Pablo", "Ingrid", "Luca", "Eva"),
}  # fmt: skip
FANCY = (
    "Nordlicht", "Hansa", "Rhein-Main", "Alpin", "Delta", "Atlas", "Orion", "Ostsee", "Eiche", "Falke", "Granit",
    "Kompass", "Merkur", "Pegasus", "Quarz", "Saturn", "Triton", "Vulkan", "Zenit", "Anker", "Borealis", "Castor",
    "Dynamo", "Elbe", "Fortis", "Gamma", "Helios", "Isar", "Jupiter", "Kobalt", "Lotus", "Mistral", "Neptun", "Omega",
    "Polaris", "Quadra", "Robusta", "Stern", "Titan", "Union", "Vega", "Weser", "Ypsilon", "Zephyr",
)  # fmt: skip
STREETS = {
    "DE": ("Hafenstraße", "Industriestr.", "Am Bahnhof", "Mühlenweg", "Gewerbepark", "Lindenallee", "Alte Schmiede"),
    "EN": ("Mill Lane", "Station Road", "Foundry Street", "Canal Side", "Industrial Way", "Church Street"),
    "FR": ("rue des Forges", "avenue de la Gare", "rue du Moulin", "quai du Port"),
    "NL": ("Havenweg", "Stationsstraat", "Molenlaan", "Industrieweg"),
    "OTHER": ("Main Street", "Harbour Road", "Factory Street"),
}  # fmt: skip
TITLES = (
    "Purchasing",
    "Workshop manager",
    "Owner",
    "Accounts",
    "Service technician",
    "Stores",
    "Managing director",
)
TERMS = ("14 days net", "30 days net", "30 days, 2 % within 10", "Prepayment", "Direct debit")
GROUPS = ("Dealers", "Workshops", "Contractors", "Farms", "Public sector")
PRICE_GROUPS = ("A", "B", "C")
