using HandshakeToMermaid.Capture;
using HandshakeToMermaid.Protocols.Contracts;
using HandshakeToMermaid.Protocols.Tls.Session;
using HandshakeToMermaid.Protocols.Tls.Steps;

namespace HandshakeToMermaid.Protocols.Tls.Facts;

/// <summary>Steps made of encrypted records.</summary>
internal static class EncryptedRecordMarks
{
    /// <summary>Bytes of the records together.</summary>
    public static int Sum(List<EncryptedRecordMark> flight)
    {
        var sum = 0L;
        foreach (var mark in flight) sum += mark.Length;
        return (int)Math.Min(sum, int.MaxValue);
    }

    /// <summary>The latest frame that holds some of them.</summary>
    public static FrameMark LastOf(List<EncryptedRecordMark> flight)
    {
        var last = flight[0].Last;
        foreach (var mark in flight) last = FrameMark.Latest(last, mark.Last);
        return last;
    }

    /// <summary>The step that the records of one side stand for.</summary>
    public static EncryptedFlightStep FlightOf(List<EncryptedRecordMark> flight, string[] contains, bool isProbable) => new()
    {
        From = flight[0].From, First = flight[0].First, Last = LastOf(flight), Provenance = Provenance.Inferred,
        Contains = contains, Bytes = Sum(flight), IsProbable = isProbable,
    };

    /// <summary>The alert that a record stands for.</summary>
    public static TlsAlertStep AlertOf(EncryptedRecordMark mark, bool isAfter) => new()
    {
        From = mark.From, First = mark.First, Last = mark.Last, Provenance = Provenance.Inferred, IsAfterHandshake = isAfter,
    };
}
