using System.Text;
using HandshakeToMermaid.Protocols.Contracts;

namespace HandshakeToMermaid.Protocols.Upgrade;

/// <summary>A protocol of lines in which each command gets one answer, in order.</summary>
internal abstract class TextExchange(string key, string label) : StartTlsExchange(key, label)
{
    private int awaited;
    private int untilAnswer;

    /// <inheritdoc/>
    public override int Measure(Side from, ReadOnlySpan<byte> bytes) => bytes.IndexOf((byte)'\n') + 1;

    /// <inheritdoc/>
    public override UpgradeMessage Read(Side from, ReadOnlySpan<byte> unit)
    {
        var line = unit.TrimEnd("\r\n"u8);
        return from == Side.Client ? Command(line) : Reply(line);
    }

    /// <inheritdoc/>
    public override void Lose(Side from) => awaited = untilAnswer = untilAnswer > 0 ? 1 : 0;

    protected abstract UpgradeMessage Command(ReadOnlySpan<byte> line);

    protected abstract UpgradeMessage Reply(ReadOnlySpan<byte> line);

    /// <summary>Notes a command; <paramref name="asks"/> where it is the one for TLS.</summary>
    protected void Sent(bool asks = false)
    {
        awaited++;
        if (asks) untilAnswer = awaited;
    }

    /// <summary>Notes an answer; true where it is the one to the command for TLS.</summary>
    protected bool Answered()
    {
        if (awaited > 0) awaited--;
        return untilAnswer > 0 && --untilAnswer == 0;
    }

    /// <summary>A line without its first word, as the server wrote it.</summary>
    protected static StepFact[] TextAfter(ReadOnlySpan<byte> line, int start, Detail level = Detail.Normal)
    {
        var text = line.Length > start ? Encoding.UTF8.GetString(line[start..Math.Min(line.Length, start + LongestText)]).Trim() : string.Empty;
        return text.Length > 0 ? [new StepFact(level, string.Empty, text) { IsFreeText = true }] : [];
    }

    /// <summary>True where a line is this command, in any case, with or without arguments.</summary>
    protected static bool IsCommand(ReadOnlySpan<byte> line, ReadOnlySpan<byte> command) =>
        line.Length >= command.Length && Ascii.EqualsIgnoreCase(line[..command.Length], command) && (line.Length == command.Length || line[command.Length] == (byte)' ');

    /// <summary>True where the bytes hold the word, in any case.</summary>
    protected internal static bool Holds(ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> word)
    {
        for (var i = 0; i + word.Length <= bytes.Length; i++)
        {
            if (Ascii.EqualsIgnoreCase(bytes.Slice(i, word.Length), word)) return true;
        }

        return false;
    }

    /// <summary>Begins with the sign, or may when more comes.</summary>
    protected internal static ProbeVerdict Begins(ReadOnlySpan<byte> start, ReadOnlySpan<byte> sign)
    {
        var known = Math.Min(start.Length, sign.Length);
        if (!Ascii.EqualsIgnoreCase(start[..known], sign[..known])) return ProbeVerdict.NotForUs;
        return start.Length >= sign.Length ? ProbeVerdict.Certain : ProbeVerdict.Unsure;
    }

    private const int LongestText = 120;
}
