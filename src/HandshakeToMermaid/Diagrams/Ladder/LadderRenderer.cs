using System.Globalization;
using System.Text;
using HandshakeToMermaid.Diagrams.Model;
using HandshakeToMermaid.Diagrams.Outputs;
using HandshakeToMermaid.Diagrams.Wording;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Diagrams.Ladder;

/// <summary>
/// Draws a diagram for a terminal: lifelines as columns of characters, an arrow per line with its label above, notes across.
/// Where the terminal is too narrow for columns, each arrow becomes a line of text.
/// </summary>
internal sealed class LadderRenderer
{
    private LadderRenderer(SequenceDiagram diagram, TerminalStyle style)
    {
        this.diagram = diagram;
        this.style = style;
        signs = style.IsAscii ? LadderSigns.Ascii : LadderSigns.Unicode;
        number = diagram.FirstNumber;
        gutter = diagram.IsNumbered ? Math.Max(4, Digits(diagram) + 2) : 0;
        participants = diagram.Participants;
        if (Place()) return;

        // A terminal too narrow for all shows the columns with messages.
        var speaking = diagram.Parts.SelectMany(p => p.Bands).SelectMany(b => b.Items).OfType<Arrow>().SelectMany(a => new[] { a.From, a.To }).ToHashSet();
        participants = [.. diagram.Participants.Where(p => speaking.Contains(p.Id))];
        if (participants.Count < diagram.Participants.Count) Place();
    }

    /// <summary>The drawing; every line ends in LF and fits the terminal.</summary>
    public static string Render(SequenceDiagram diagram, TerminalStyle style) => new LadderRenderer(diagram, style).Draw();

    private bool HasColumns => places.Length > 0;

    private string Draw()
    {
        foreach (var row in Wrapped(Visible(diagram.Title), style.Width)) Line(Strong, row);
        if (diagram.Date is { } date) Line(Soft, date);
        if (diagram.Description.Length > 0) foreach (var row in Wrapped(Visible(diagram.Description), style.Width)) Line(Soft, row);
        Break();
        if (HasColumns) Participants();
        foreach (var part in diagram.Parts)
        {
            if (part.Heading is { } heading) Note(heading, Strong);
            foreach (var band in part.AllBands) Band(band);
            Break();
        }
        return output.ToString();
    }

    /// <summary>Puts the lifelines as close as labels need and as far as the terminal allows; false where it allows too little.</summary>
    private bool Place()
    {
        indexes.Clear();
        for (var i = 0; i < participants.Count; i++) indexes[participants[i].Id] = i;
        if (participants.Count < 2) return true;
        var gaps = new LadderGaps([.. participants.Select((_, i) => Name(i))]);
        foreach (var arrow in diagram.Parts.SelectMany(p => p.Bands).SelectMany(b => b.Items).OfType<Arrow>())
        {
            var (left, right) = Ends(arrow);
            if (right - left == 1) gaps.Add(left, arrow.Lines.Select(Visible));
        }

        if (gaps.Places(gutter, style.Width) is not { } found) return false;
        places = found;
        return true;
    }

    private int Name(int participant) => Math.Min(LongestName, participants[participant].Lines.Max(l => CellWidth.Of(Visible(l))));

    private void Participants()
    {
        var rows = participants.Max(p => p.Lines.Count);
        for (var row = 0; row < rows; row++)
        {
            var line = new LadderLine(style.Width);
            for (var i = 0; i < places.Length; i++)
            {
                var lines = participants[i].Lines;
                if (row < lines.Count) line.Center(places[i], CellWidth.Cut(Visible(lines[row]), LongestName, signs.Ellipsis));
            }
            Line(row == 0 ? Strong : Soft, line.ToString());
        }
        Line(Soft, Lifelines().ToString());
    }

    private void Band(Band band)
    {
        var colour = Colour(band.Color);
        if (band.Header is { } header)
        {
            // What is said without messages stands in a box of its own.
            if (band.Items.Count == 0) Note(header, header.Kind == NoteKind.Verdict ? colour + Strong : colour);
            else Header(header, colour);
        }

        foreach (var item in band.Items)
        {
            if (item is Arrow arrow) Arrow(arrow, colour);
            else if (item is Note note) Note(note, ColourOf(note.Kind));
        }

        if (HasColumns) Line(Soft, Lifelines().ToString());
    }

    /// <summary>A rule through all lifelines.</summary>
    private void Header(Note header, string colour)
    {
        var width = HasColumns ? Math.Min(style.Width, places[^1] + (Name(places.Length - 1) / 2) + 1) : style.Width;
        foreach (var text in header.Lines.SelectMany(l => Wrapped(Spaced(l), width - 6)))
        {
            var line = new LadderLine(style.Width);
            line.Fill(0, width - 1, signs.Across);
            foreach (var place in places) line.Put(place, signs.AcrossCrossing.ToString());
            line.Put(2, $" {text} ");
            Line(colour + Strong, line.ToString());
        }
    }

    private void Arrow(Arrow arrow, string colour)
    {
        var label = arrow.Lines.Select(Visible).ToList();
        var text = number.ToString(CultureInfo.InvariantCulture);
        number++;
        if (!HasColumns)
        {
            var head = $"{(diagram.IsNumbered ? $"{text.PadLeft(gutter - 2)}  " : "")}{Who(arrow.From)} {(arrow.IsDeadEnd ? signs.DeadWord : signs.ArrowWord)} {Who(arrow.To)}: ";
            foreach (var row in Wrapped(head + string.Join(", ", label), Math.Max(20, style.Width))) Line(colour, row);
            return;
        }
        var (left, right) = Ends(arrow);
        if (left == right) right = Math.Min(left + 1, places.Length - 1);
        if (left == right) left = Math.Max(0, left - 1);
        var (from, to) = (places[left], places[right]);
        foreach (var row in label.SelectMany(l => Wrapped(l, Math.Max(8, to - from - 3))))
        {
            var line = Lifelines();
            var shown = right - left == 1 ? row : $" {row} ";
            line.Put(from + 1 + ((to - from - 1 - CellWidth.Of(shown)) / 2), shown);
            Line(colour, line.ToString());
        }
        var drawn = Lifelines();
        if (diagram.IsNumbered) drawn.Put(Math.Max(0, gutter - 2 - text.Length), text);
        drawn.Fill(from + 1, to - 1, arrow.IsAnswer ? signs.Dashed : signs.Solid);
        for (var between = left + 1; between < right; between++) drawn.Put(places[between], signs.Crossing.ToString());
        var isRight = indexes[arrow.To] >= indexes[arrow.From];
        var head2 = arrow.IsDeadEnd ? signs.Cross : isRight ? signs.Right : signs.Left;
        drawn.Put(isRight ? to - 1 : from + 1, head2.ToString());
        Line(colour, drawn.ToString());
    }

    /// <summary>A box over the columns of a note; the lifelines beside it go on, those below it end at its edges.</summary>
    private void Note(Note note, string colour)
    {
        var (least, most, middle) = Room(note);
        var rows = note.Lines.SelectMany(l => Wrapped(Spaced(l), most - least - 3)).ToList();
        var inner = rows.Max(line => CellWidth.Of(line));
        var start = Math.Clamp(middle - ((inner + 4) / 2), least, Math.Max(least, most - inner - 3));
        var end = start + inner + 3;
        // An edge on a lifeline would look like a part of it.
        if (start > 0 && places.Contains(start)) start--;
        if (end < style.Width - 1 && places.Contains(end)) end++;
        Edge(signs.TopLeft, signs.TopRight, signs.Into);
        foreach (var row in rows)
        {
            var line = Lifelines();
            line.Clear(start, end);
            line.Put(start, signs.Lifeline.ToString());
            line.Put(start + 2 + ((end - start - 3 - CellWidth.Of(row)) / 2), row);
            line.Put(end, signs.Lifeline.ToString());
            Line(colour, line.ToString());
        }

        Edge(signs.BottomLeft, signs.BottomRight, signs.OutOf);

        void Edge(char left, char right, char joint)
        {
            var line = Lifelines();
            line.Fill(start, end, signs.Solid);
            foreach (var place in places.Where(p => p > start && p < end)) line.Put(place, joint.ToString());
            line.Put(start, left.ToString());
            line.Put(end, right.ToString());
            Line(colour, line.ToString());
        }
    }

    /// <summary>The cells that a note may take, first and last, and the middle of its columns: up to the lifelines beside them, which go on.</summary>
    private (int First, int Last, int Middle) Room(Note note)
    {
        if (!HasColumns || !indexes.ContainsKey(note.From) || !indexes.ContainsKey(note.To)) return (0, style.Width - 1, style.Width / 2);
        var (left, right) = Ends(note);
        var middle = (places[left] + places[right]) / 2;
        var (first, last) = (left == 0 ? 0 : places[left - 1] + 2, right == places.Length - 1 ? style.Width - 1 : places[right + 1] - 2);
        return last - first >= NarrowestBox ? (first, last, middle) : (0, style.Width - 1, middle);
    }

    private LadderLine Lifelines()
    {
        var line = new LadderLine(style.Width);
        foreach (var place in places) line.Put(place, signs.Lifeline.ToString());
        return line;
    }

    private (int Left, int Right) Ends(DiagramItem item)
        => (Math.Min(indexes[item.From], indexes[item.To]), Math.Max(indexes[item.From], indexes[item.To]));

    private string Who(string id) => Visible(participants[indexes[id]].Lines[0]);

    private List<string> Wrapped(string text, int cells) => CellWidth.Wrap(text, cells, style.IsAscii ? '-' : '·');

    /// <summary>A note's line, with the spaces at which it must not be broken.</summary>
    private string Spaced(string text) => string.Join(TextWidth.NoBreak, text.Split(TextWidth.NoBreak).Select(Visible));

    private string Visible(string text) => style.IsAscii ? LadderSigns.ToAscii(VisibleText.Of(text)) : VisibleText.Of(text);

    private void Line(string colour, string text)
    {
        var trimmed = text.TrimEnd();
        if (style.IsColoured && colour.Length > 0 && trimmed.Length > 0) output.Append(colour).Append(trimmed).Append(Reset);
        else output.Append(trimmed);
        output.Append('\n');
    }

    /// <summary>One empty line, never two.</summary>
    private void Break()
    {
        if (output.Length > 1 && output[^2] != '\n') output.Append('\n');
    }

    private static int Digits(SequenceDiagram diagram)
        => (diagram.FirstNumber + diagram.Parts.Sum(p => p.Bands.Sum(b => b.Items.Count))).ToString(CultureInfo.InvariantCulture).Length;

    private static string ColourOf(NoteKind kind) => kind switch
    {
        NoteKind.Problem => Colour(BandColor.Red),
        NoteKind.Warning or NoteKind.Wait => Colour(BandColor.Amber),
        NoteKind.Check => "",
        _ => Soft,
    };

    private static string Colour(BandColor? color) => color is null ? "" : string.Create(CultureInfo.InvariantCulture, $"\e[{color.Terminal}m");

    private const string Strong = "\e[1m";
    private const string Soft = "\e[2m";
    private const string Reset = "\e[0m";
    private const int LongestName = 32;

    /// <summary>A note with less room covers lifelines.</summary>
    private const int NarrowestBox = 24;

    private readonly SequenceDiagram diagram;
    private IReadOnlyList<Participant> participants;
    private readonly TerminalStyle style;
    private readonly LadderSigns signs;
    private readonly Dictionary<string, int> indexes = [];
    private readonly StringBuilder output = new();
    private readonly int gutter;
    private int[] places = [];
    private int number;
}
