using HandshakeToMermaid.Wire;

namespace HandshakeToMermaid.Tests.Wire;

/// <summary>The cursor that every decoder reads with.</summary>
public sealed class WireReaderTests
{
    [Fact]
    public void Numbers_are_read_in_network_order()
    {
        var r = new WireReader([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]);
        Assert.Equal(0x01, r.U8("a"));
        Assert.Equal(0x0203, r.U16("b"));
        Assert.Equal(0x040506, r.U24("c"));
        Assert.Equal(0x0708090Au, r.U32("d"));
        Assert.Equal(0x0B0C0D0E0F101112ul, r.U64("e"));
        r.End("message");
        Assert.False(r.Fault.IsFault);
    }

    [Fact]
    public void The_first_fault_sticks_and_everything_after_it_is_zero()
    {
        var r = new WireReader([1, 2, 3]);
        r.U16("first");
        Assert.Equal(0, r.U16("second"));
        Assert.Equal(0, r.U8("third"));
        Assert.True(r.Take(1, "fourth").IsEmpty);
        Assert.False(r.HasMore);
        Assert.Equal(new WireFault(FaultKind.Short, 2, "second"), r.Fault);
    }

    [Fact]
    public void A_box_cannot_be_left_by_reading_on()
    {
        var r = new WireReader([0, 2, 1, 2, 9]);
        var box = r.Enter16("list");
        r.U16("item");
        Assert.False(r.HasMore);
        r.Leave(box);
        Assert.Equal(9, r.U8("after"));
        Assert.False(r.Fault.IsFault);
    }

    [Fact]
    public void Bytes_left_in_a_box_are_a_fault_that_names_the_box()
    {
        var r = new WireReader([0, 2, 1, 2, 9]);
        var box = r.Enter16("list");
        r.U8("item");
        r.Leave(box);
        Assert.Equal(new WireFault(FaultKind.Trailing, 3, "list"), r.Fault);
    }

    [Fact]
    public void A_box_longer_than_its_message_is_a_fault_and_holds_nothing()
    {
        var r = new WireReader([0, 9, 1, 2]);
        var box = r.Enter16("list");
        Assert.False(r.HasMore);
        r.Leave(box);
        Assert.Equal(FaultKind.Short, r.Fault.Kind);
    }

    [Fact]
    public void Nothing_can_be_taken_at_the_end_without_a_fault()
    {
        var reader = new WireReader([1]);
        reader.U8("x");
        Assert.True(reader.Take(0, "y").IsEmpty);
        Assert.False(reader.Fault.IsFault);
        reader.End("message");
        Assert.False(reader.Fault.IsFault);
    }

    [Fact]
    public void Bytes_behind_the_last_field_are_a_fault_of_the_message()
    {
        var reader = new WireReader([1, 2]);
        reader.U8("x");
        reader.End("message");
        Assert.Equal(new WireFault(FaultKind.Trailing, 1, "message"), reader.Fault);
    }

    [Fact]
    public void A_number_of_eight_bytes_that_is_cut_is_a_fault_and_zero()
    {
        var reader = new WireReader(new byte[7]);
        Assert.Equal(0UL, reader.U64("x"));
        Assert.Equal(new WireFault(FaultKind.Short, 0, "x"), reader.Fault);
    }

    [Fact]
    public void The_cursor_goes_on_behind_a_box_and_stays_where_a_box_was_at_fault()
    {
        var whole = new WireReader([1, 9, 7]);
        var box = whole.Enter8("box");
        whole.U8("x");
        whole.Leave(box);
        Assert.Equal((2, 7), (whole.Offset, whole.U8("y")));

        var broken = new WireReader([2, 9, 8, 7]);
        box = broken.Enter8("box");
        broken.U8("x");
        broken.Leave(box);
        Assert.Equal(2, broken.Offset);
    }

    [Fact]
    public void Any_sequence_of_reads_over_any_bytes_stays_inside_them()
    {
        var random = new Random(1);
        for (var round = 0; round < 20_000; round++)
        {
            var bytes = new byte[random.Next(24)];
            random.NextBytes(bytes);
            var r = new WireReader(bytes);
            var boxes = new Stack<BoundedScope>();
            for (var n = 0; n < 12; n++)
            {
                switch (random.Next(9))
                {
                    case 0: r.U8("x"); break;
                    case 1: r.U16("x"); break;
                    case 2: r.U24("x"); break;
                    case 3: r.U32("x"); break;
                    case 4: r.Vector8("x"); break;
                    case 5: boxes.Push(r.Enter8("x")); break;
                    case 6: boxes.Push(r.Enter16("x")); break;
                    case 7 when boxes.Count > 0: r.Leave(boxes.Pop()); break;
                    default: r.Take(random.Next(-1, 6), "x"); break;
                }
                Assert.InRange(r.Offset, 0, bytes.Length);
                Assert.InRange(r.Remaining, 0, bytes.Length - r.Offset);
            }
        }
    }
}
