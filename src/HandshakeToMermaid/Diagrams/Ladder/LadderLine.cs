using System.Text;

namespace HandshakeToMermaid.Diagrams.Ladder;

/// <summary>A line of a terminal, cell by cell; a wide character takes two.</summary>
internal sealed class LadderLine(int width)
{
    /// <summary>Writes a text from a cell on; what does not fit the line is dropped.</summary>
    public void Put(int at, string text)
    {
        var last = -1;
        foreach (var rune in text.EnumerateRunes())
        {
            var sign = rune.ToString();
            var taken = CellWidth.Of(sign);
            if (taken == 0)
            {
                if (last >= 0) cells[last] += sign;
                continue;
            }
            if (at < 0 || at + taken > cells.Length) return;
            cells[at] = sign;
            if (taken == 2) cells[at + 1] = "";
            last = at;
            at += taken;
        }
    }

    /// <summary>Writes a text around a cell, inside the line.</summary>
    public void Center(int middle, string text)
    {
        var taken = CellWidth.Of(text);
        Put(Math.Clamp(middle - (taken / 2), 0, Math.Max(0, cells.Length - taken)), text);
    }

    /// <summary>Fills cells with a sign.</summary>
    public void Fill(int from, int to, char sign)
    {
        for (var i = Math.Max(0, from); i <= to && i < cells.Length; i++) cells[i] = sign.ToString();
    }

    /// <summary>Empties cells.</summary>
    public void Clear(int from, int to)
    {
        for (var i = Math.Max(0, from); i <= to && i < cells.Length; i++) cells[i] = " ";
    }

    /// <summary>The line.</summary>
    public override string ToString()
    {
        var line = new StringBuilder(cells.Length);
        foreach (var cell in cells) line.Append(cell);
        return line.ToString();
    }

    private readonly string[] cells = [.. Enumerable.Repeat(" ", width)];
}
