using System.Globalization;
using System.Text;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams.Svg;

/// <summary>
/// Draws a diagram as SVG without a browser: the same columns, bands, arrows, notes and texts as the Mermaid one. No ids,
/// no script, nothing loaded from elsewhere: several pictures can stand in one page.
/// </summary>
internal sealed class SvgRenderer
{
    private SvgRenderer(SequenceDiagram diagram, bool isPartOfPage, string key, bool isLightOnly = false)
    {
        this.diagram = diagram;
        this.isPartOfPage = isPartOfPage;
        this.key = key;
        this.isLightOnly = isLightOnly;
        columns = new SvgColumns(diagram);
        number = diagram.FirstNumber;
    }

    /// <summary>A file of its own.</summary>
    /// <param name="diagram">What is drawn.</param>
    /// <param name="isLightOnly">True to leave out the colours of dark pages.</param>
    public static string Render(SequenceDiagram diagram, bool isLightOnly = false) => new SvgRenderer(diagram, isPartOfPage: false, "", isLightOnly).Draw();

    /// <summary>A part of an HTML page that holds <see cref="SvgStyle"/> once; arrows can be reached by keyboard and carry <c>data-step="KEY-NUMBER"</c>.</summary>
    public static string RenderForPage(SequenceDiagram diagram, string key) => new SvgRenderer(diagram, isPartOfPage: true, key).Draw();

    private string Draw()
    {
        y = Top;
        var boxes = diagram.Participants.Max(p => p.Lines.Count) * SvgFont.Leading + BoxPadding;
        Boxes(y, boxes);
        y += boxes + 14;
        var lifelines = y - 14;
        if (diagram.Caption is { } caption) Note(caption, "strong");
        foreach (var part in diagram.Parts) Part(part);
        var bottom = y + 2;
        if (bottom > TallPicture)
        {
            Boxes(bottom, boxes);
            y = bottom + boxes;
        }
        return Frame(lifelines, bottom, y + Top);
    }

    private string Frame(double lifelines, double bottom, double height)
    {
        var svg = new SvgFrame(diagram.Title, diagram.Description, isPartOfPage, isLightOnly).Open(columns.Width, height, diagram.Parts.SelectMany(p => p.Bands).Select(b => b.Color));
        svg.Append(fields);
        foreach (var participant in diagram.Participants)
        {
            var x = N(columns.X(participant.Id));
            svg.Append(CultureInfo.InvariantCulture, $"""<line class="life" x1="{x}" y1="{N(lifelines)}" x2="{x}" y2="{N(bottom)}"/>{'\n'}""");
        }
        return svg.Append(body).Append("</svg>\n").ToString();
    }

    private void Boxes(double top, double height)
    {
        foreach (var participant in diagram.Participants)
        {
            var (x, width) = (columns.X(participant.Id), columns.Box(participant.Id));
            body.Append("<g class=\"who\">");
            Rect(x - (width / 2), top, width, height, 8, null);
            var line = top + ((height - (participant.Lines.Count * SvgFont.Leading)) / 2) + Baseline;
            for (var i = 0; i < participant.Lines.Count; i++) Text(x, line + (i * SvgFont.Leading), i == 0 ? "strong" : "soft", SvgText.Escape(participant.Lines[i]));
            body.Append("</g>\n");
        }
    }

    private void Part(DiagramPart part)
    {
        isFailed = part.Opening?.Color == BandColor.Failed || part.Bands.Any(b => b.IsFailure);
        if (part.Heading is { } heading) Note(heading, "strong");
        foreach (var band in part.AllBands)
        {
            if (band is { Header: { } said, Items: [] }) Said(band, said);
            else Band(band);
        }
    }

    /// <summary>A band that is a text and nothing else: a verdict, or phases in a line each.</summary>
    private void Said(Band band, Note note)
    {
        var (left, right) = Extent(band);
        var height = (note.Lines.Count * SvgFont.Leading) + 14;
        body.Append(CultureInfo.InvariantCulture, $"<g class=\"{band.Color?.Name ?? "plain"} said\">");
        Rect(left, y, right - left, height, 8, "bar");
        for (var i = 0; i < note.Lines.Count; i++)
        {
            var at = y + 7 + Baseline + (i * SvgFont.Leading);
            var isStrong = note.Kind == NoteKind.Verdict && i < note.TitleLines;
            var text = isStrong ? SvgText.Escape(note.Lines[i]) : note.Kind == NoteKind.Verdict ? SvgMarkup.Labelled(note.Lines[i]) : SvgMarkup.Passed(note.Lines[i]);
            if (note.Lines.Count == 1) Text((left + right) / 2, at, "strong name", text);
            else Text(left + 16, at, isStrong ? "start strong name" : "start name", text);
        }

        body.Append("</g>\n");
        y += height + 12;
    }

    private void Band(Band band)
    {
        var name = band.Color?.Name ?? "plain";
        body.Append(CultureInfo.InvariantCulture, $"<g class=\"{name}\">\n");
        var top = y;
        var (left, right) = Extent(band);
        if (band.Header is { } header) Header(header, left, right);
        else if (band.Color is not null) y += 6;
        foreach (var item in band.Items)
        {
            if (item is Arrow arrow) Arrow(arrow, arrow.IsDeadEnd && (isFailed || band.Color == BandColor.Amber));
            else if (item is Note note) Note(note, null);
        }
        if (band.Color is not null)
        {
            y += 2;
            fields.Append(CultureInfo.InvariantCulture, $"<g class=\"{name}\">");
            fields.Append(CultureInfo.InvariantCulture, $"""<rect class="field" x="{N(left)}" y="{N(top)}" width="{N(right - left)}" height="{N(y - top)}" rx="8"/></g>{'\n'}""");
            y += 10;
        }
        body.Append("</g>\n");
    }

    private (double Left, double Right) Extent(Band band)
    {
        var all = band.Items.Concat(band.Header is { } header ? [header] : []).Select(i => columns.Across(i.From, i.To, FieldOverhang)).ToList();
        return all.Count == 0 ? (0, columns.Width) : (all.Min(a => a.Left), all.Max(a => a.Right));
    }

    private void Header(Note header, double left, double right)
    {
        var height = (header.Lines.Count * SvgFont.Leading) + 9;
        var bar = N(height - 8);
        body.Append(CultureInfo.InvariantCulture, $"""<path class="bar" d="M{N(left)} {N(y + height)}v-{bar}a8 8 0 0 1 8-8h{N(right - left - 16)}a8 8 0 0 1 8 8v{bar}z"/>""");
        for (var i = 0; i < header.Lines.Count; i++) Text((left + right) / 2, y + 4 + Baseline + (i * SvgFont.Leading), "strong name", SvgText.Escape(header.Lines[i]));
        body.Append('\n');
        y += height + 8;
    }

    /// <summary>Draws an arrow.</summary>
    /// <param name="arrow">The arrow.</param>
    /// <param name="isBad">True for one that ends what went wrong. A reset after an orderly close is a dead end, and no failure.</param>
    private void Arrow(Arrow arrow, bool isBad)
    {
        var (from, to) = (columns.X(arrow.From), columns.X(arrow.To));
        var direction = to < from ? -1 : 1;
        var isLoop = arrow.From == arrow.To;
        var middle = isLoop ? from : (from + to) / 2;
        var line = y + (arrow.Lines.Count * SvgFont.Leading) + 7;
        var (left, right) = columns.Across(arrow.From, arrow.To, 20);
        body.Append(CultureInfo.InvariantCulture, $"<g class=\"step{(isBad ? " dead" : "")}\"");
        if (isPartOfPage && arrow.Steps.Count > 0)
            body.Append(CultureInfo.InvariantCulture, $" tabindex=\"0\" role=\"button\" data-step=\"{key}-{number}\" aria-label=\"{number}: {SvgText.Escape(string.Join(", ", arrow.Lines))}\"");
        body.Append('>');
        if (isPartOfPage) Rect(left, y - 1, right - left, line - y + 12, 6, "hit");
        for (var i = 0; i < arrow.Lines.Count; i++)
        {
            var at = y + Baseline + (i * SvgFont.Leading);
            if (i < arrow.TitleLines) Text(middle, at, "halo", SvgMarkup.Title(arrow.Lines[i]));
            else Text(middle, at, "soft halo", SvgText.Escape(arrow.Lines[i]));
        }
        if (isLoop)
        {
            body.Append(CultureInfo.InvariantCulture, $"""<path class="line" d="M{N(from)} {N(line)}h34v8h-26"/>""");
            (to, direction, line) = (from, -1, line + 8);
        }
        else
        {
            var end = to - (direction * (arrow.IsDeadEnd ? 12 : 8));
            body.Append(CultureInfo.InvariantCulture, $"""<line class="line{(arrow.IsAnswer ? " answer" : "")}" x1="{N(from)}" y1="{N(line)}" x2="{N(end)}" y2="{N(line)}"/>""");
        }
        Head(to, line, direction, arrow.IsDeadEnd);
        if (diagram.IsNumbered) NumberAt(from, isLoop ? line - 8 : line);
        body.Append("</g>\n");
        y = line + 17;
        number++;
    }

    private void Head(double x, double line, int direction, bool isDeadEnd)
    {
        if (isDeadEnd)
        {
            var middle = x - (direction * 8);
            body.Append(CultureInfo.InvariantCulture, $"""<path class="stop" d="M{N(middle - 5)} {N(line - 5)}l10 10m0-10l-10 10"/>""");
            return;
        }
        body.Append(CultureInfo.InvariantCulture, $"""<path class="head" d="M{N(x)} {N(line)}l{N(-direction * 10)}-5v10z"/>""");
    }

    private void NumberAt(double x, double line)
    {
        var text = number.ToString(CultureInfo.InvariantCulture);
        var width = Math.Max(20, 7 + (text.Length * 8));
        body.Append("<g class=\"number\">");
        Rect(x - (width / 2), line - 10, width, 20, 10, null);
        Text(x, line + 4.6, null, text);
        body.Append("</g>");
    }

    private void Note(Note note, string? style)
    {
        var (left, right) = columns.Across(note.From, note.To);
        if (note.From == note.To)
        {
            var half = Math.Max(SvgColumns.Overhang, (SvgFont.Width(note.Lines) / 2) + 14);
            (left, right) = (columns.X(note.From) - half, columns.X(note.From) + half);
        }
        var height = (note.Lines.Count * SvgFont.Leading) + 14;
        body.Append(CultureInfo.InvariantCulture, $"<g class=\"{ClassOf(note.Kind)}\">");
        Rect(left, y, right - left, height, 8, null);
        for (var i = 0; i < note.Lines.Count; i++)
        {
            var at = y + 7 + Baseline + (i * SvgFont.Leading);
            var text = note.Kind == NoteKind.Check ? SvgMarkup.Checked(note.Lines[i]) : note.Lines.Count == 1 ? SvgText.Escape(note.Lines[i]) : SvgMarkup.Labelled(note.Lines[i]);
            if (note.Lines.Count == 1) Text((left + right) / 2, at, style, text);
            else Text(left + 16, at, style is null ? "start" : $"start {style}", text);
        }
        body.Append("</g>\n");
        y += height + 10;
    }

    private static string ClassOf(NoteKind kind) => kind switch
    {
        NoteKind.Problem => "note bad",
        NoteKind.Warning => "note warn",
        NoteKind.Wait => "note wait",
        _ => "note",
    };

    private void Rect(double x, double top, double width, double height, double radius, string? style)
    {
        body.Append(CultureInfo.InvariantCulture, $"""<rect{(style is null ? "" : $" class=\"{style}\"")} x="{N(x)}" y="{N(top)}" width="{N(width)}" height="{N(height)}" rx="{N(radius)}"/>""");
    }

    private void Text(double x, double at, string? style, string escaped)
        => body.Append(CultureInfo.InvariantCulture, $"""<text{(style is null ? "" : $" class=\"{style}\"")} x="{N(x)}" y="{N(at)}">{escaped}</text>""");

    private static string N(double number) => SvgFrame.N(number);

    private const double Top = 20;
    private const double BoxPadding = 16;
    private const double Baseline = 12.5;
    private const double FieldOverhang = 30;

    /// <summary>From here on the participants are shown at the bottom again.</summary>
    private const double TallPicture = 640;

    private readonly SequenceDiagram diagram;
    private readonly bool isPartOfPage;
    private readonly string key;
    private readonly bool isLightOnly;
    private readonly SvgColumns columns;
    private readonly StringBuilder fields = new();
    private readonly StringBuilder body = new();
    private double y;
    private bool isFailed;
    private int number;
}
