namespace HandshakeToMermaid.Streams.Udp;

/// <summary>Flows by when they were last active, the longest silent first: a datagram moves its flow to the end.</summary>
internal sealed class UdpFlowList
{
    private UdpFlow? last;

    /// <summary>The flow that was silent longest; null where there is none.</summary>
    public UdpFlow? First { get; private set; }

    /// <summary>Flows in the list.</summary>
    public int Count { get; private set; }

    /// <summary>Puts a flow at the end, out of whichever list it stood in.</summary>
    public void Append(UdpFlow flow)
    {
        if (flow == last) return;
        flow.List?.Remove(flow);
        flow.List = this;
        flow.Earlier = last;
        if (last is null) First = flow;
        else last.Later = flow;
        last = flow;
        Count++;
    }

    /// <summary>Takes a flow of this list out.</summary>
    public void Remove(UdpFlow flow)
    {
        if (flow.Earlier is null) First = flow.Later;
        else flow.Earlier.Later = flow.Later;
        if (flow.Later is null) last = flow.Earlier;
        else flow.Later.Earlier = flow.Earlier;
        (flow.List, flow.Earlier, flow.Later) = (null, null, null);
        Count--;
    }
}
