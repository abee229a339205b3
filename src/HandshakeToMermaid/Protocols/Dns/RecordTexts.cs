using System.Collections;

namespace HandshakeToMermaid.Protocols.Dns;

/// <summary>The texts of records, made on demand: of a thousand queries one is drawn.</summary>
internal sealed class RecordTexts(DnsRecord[] records) : IReadOnlyList<string>
{
    public int Count => records.Length;

    public string this[int index] => records[index].Text;

    public IEnumerator<string> GetEnumerator() => records.Select(r => r.Text).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
