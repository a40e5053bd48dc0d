"""Pages written for these tests: a short report, once as HTML and once as a scraper leaves it."""

HEADLINE = "Harbour reopens after nine days, pilots say"
BODY = (
    "The harbour of Vardby opened to ships again on Monday, nine days after a ferry sank at its mouth, "
    "the port authority said in a statement.",
    "“We have cleared the channel and we have counted every buoy twice,” said Marit Lund, who heads the "
    "pilots' guild. “Nobody needs to be afraid of the passage now.”",
    "The ferry's owner denied that its crew had ignored a warning about the tide. It said that the captain "
    "had asked for help before the ship touched the ground.",
    "About 40 ships were waiting outside when the first of them, a grain carrier, was let in. The rest will "
    "follow over the next three days, according to the authority.",
)

HTML = f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{HEADLINE} - The Vardby Post</title>
<meta property="og:title" content="{HEADLINE}"><meta property="og:site_name" content="The Vardby Post">
<meta property="article:published_time" content="2031-05-12T08:30:00+02:00">
<meta name="author" content="Ann Holm"><link rel="canonical" href="https://post.example/2031/05/12/harbour">
</head><body>
<nav class="menu"><ul><li><a href="/">Home</a></li><li><a href="/sea">Sea</a></li>
<li><a href="/land">Land</a></li></ul></nav>
<div class="cookie-banner">We use cookies. <button>Accept all</button></div>
<main><article class="article"><h1>{HEADLINE}</h1><p class="byline">By Ann Holm</p>
<div class="article-body"><p>{BODY[0]}</p><p>{BODY[1]}</p>
<figure><img src="/harbour.jpg" alt="The harbour">
<figcaption>The harbour in May. Photo: Post</figcaption></figure>
<p>{BODY[2]}</p><p>{BODY[3]} <a href="/ships">See the list of ships</a>.</p></div></article></main>
<aside class="related"><h3>Most read</h3><ul><li><a href="/1">Fog closes airport</a></li>
<li><a href="/2">Choir wins prize</a></li></ul></aside>
<footer class="footer"><a href="/privacy">Privacy</a> © 2031 The Vardby Post. All rights reserved.</footer>
</body></html>"""

SCRAPED = "\n".join(
    (
        "icon menuicon searchicon closeicon shareicon playicon pauseicon mailicon tagicon upicon "
        "downicon left",
        "Home", "Sea", "Land", "Weather", "Sign in", "Subscribe to our newsletter",
        HEADLINE,
        "12 May, 2031 08:30",
        "By Ann Holm",
        "Share", "Tweet",
        *BODY[:2],
        "READ MORE: Ferry sinks at harbour mouth",
        *BODY[2:],
        "Most read", "Fog closes airport", "Choir wins prize", "Privacy policy",
        "© 2031 The Vardby Post. All rights reserved.",
    )
)  # fmt: skip
