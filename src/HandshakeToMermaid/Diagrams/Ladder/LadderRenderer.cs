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
        gutter = Math.Max(4, Digits(diagram) + 2);
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
        Line(Strong, Visible(diagram.Title));
        if (diagram.Description.Length > 0) Line(Soft, Visible(diagram.Description));
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
        var count = participants.Count;
        indexes.Clear();
        for (var i = 0; i < count; i++) indexes[participants[i].Id] = i;
        if (count < 2) return true;
        var wanted = new int[count - 1];
        Array.Fill(wanted, NarrowestGap);
        foreach (var arrow in diagram.Parts.SelectMany(p => p.Bands).SelectMany(b => b.Items).OfType<Arrow>())
        {
            var (left, right) = Ends(arrow);
            if (right - left != 1) continue;
            wanted[left] = Math.Max(wanted[left], Math.Min(WidestGap, arrow.Lines.Max(l => CellWidth.Of(Visible(l))) + 4));
        }
        for (var i = 0; i < wanted.Length; i++) wanted[i] = Math.Max(wanted[i], ((Name(i) + Name(i + 1)) / 2) + 2);
        var edges = (Name(0) / 2) + (Name(count - 1) / 2) + 1;
        var room = style.Width - gutter - edges;
        while (wanted.Sum() > room)
        {
            var widest = Array.IndexOf(wanted, wanted.Max());
            if (wanted[widest] <= NarrowestGap) return false;
            wanted[widest]--;
        }
        places = new int[count];
        places[0] = gutter + (Name(0) / 2);
        for (var i = 1; i < count; i++) places[i] = places[i - 1] + wanted[i - 1];
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
        if (band.Header is { } header) Header(header, colour);
        foreach (var item in band.Items)
        {
            if (item is Arrow arrow) Arrow(arrow, colour);
            else if (item is Note note) Note(note, Soft);
        }
        if (HasColumns) Line(Soft, Lifelines().ToString());
    }

    private void Header(Note header, string colour)
    {
        var width = HasColumns ? Math.Min(style.Width, places[^1] + (Name(places.Length - 1) / 2) + 1) : style.Width;
        foreach (var text in header.Lines)
        {
            var shown = CellWidth.Cut(Visible(text), width - 6, signs.Ellipsis);
            var rest = Math.Max(0, width - CellWidth.Of(shown) - 4);
            Line(colour + Strong, $"{signs.Across}{signs.Across} {shown} {new string(signs.Across, rest)}");
        }
    }

    private void Arrow(Arrow arrow, string colour)
    {
        var label = arrow.Lines.Select(Visible).ToList();
        var text = number.ToString(CultureInfo.InvariantCulture);
        number++;
        if (!HasColumns)
        {
            var head = $"{text.PadLeft(gutter - 2)}  {Who(arrow.From)} {(arrow.IsDeadEnd ? signs.DeadWord : signs.ArrowWord)} {Who(arrow.To)}: ";
            foreach (var row in CellWidth.Wrap(head + string.Join(", ", label), Math.Max(20, style.Width))) Line(colour, row);
            return;
        }
        var (left, right) = Ends(arrow);
        if (left == right) right = Math.Min(left + 1, places.Length - 1);
        if (left == right) left = Math.Max(0, left - 1);
        var (from, to) = (places[left], places[right]);
        foreach (var row in label.SelectMany(l => CellWidth.Wrap(l, Math.Max(8, to - from - 3))))
        {
            var line = Lifelines();
            line.Clear(from + 1, to - 1);
            line.Center((from + to) / 2, row);
            Line(colour, line.ToString());
        }
        var drawn = Lifelines();
        drawn.Put(Math.Max(0, gutter - 2 - text.Length), text);
        for (var x = from + 1; x < to; x++) drawn.Put(x, (arrow.IsAnswer ? signs.Dashed : signs.Solid).ToString());
        var isRight = indexes[arrow.To] >= indexes[arrow.From];
        var head2 = arrow.IsDeadEnd ? signs.Cross : isRight ? signs.Right : signs.Left;
        drawn.Put(isRight ? to - 1 : from + 1, head2.ToString());
        Line(colour, drawn.ToString());
    }

    private void Note(Note note, string colour)
    {
        var width = Math.Max(24, style.Width) - 4;
        var rows = note.Lines.SelectMany(l => CellWidth.Wrap(Visible(l), width)).ToList();
        var inner = rows.Max(CellWidth.Of);
        Line(colour, $"{signs.TopLeft}{new string(signs.Solid, inner + 2)}{signs.TopRight}");
        foreach (var row in rows) Line(colour, $"{signs.Lifeline} {row}{new string(' ', inner - CellWidth.Of(row))} {signs.Lifeline}");
        Line(colour, $"{signs.BottomLeft}{new string(signs.Solid, inner + 2)}{signs.BottomRight}");
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

    private static string Colour(BandColor? color) => color is null ? "" : string.Create(CultureInfo.InvariantCulture, $"\e[{color.Terminal}m");

    private const string Strong = "\e[1m";
    private const string Soft = "\e[2m";
    private const string Reset = "\e[0m";
    private const int NarrowestGap = 20;
    private const int WidestGap = 56;
    private const int LongestName = 32;

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
