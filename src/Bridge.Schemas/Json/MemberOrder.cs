using System.Buffers;

namespace Bridge.Schemas.Json;

/// <summary>The members of an object in the order of their names, so that no number of them makes looking slow.</summary>
internal readonly struct MemberOrder : IDisposable
{
    /// <summary>Up to so many members, looking at each is faster than sorting.</summary>
    public const int FewMembers = 16;

    private readonly JsonMember[] _members;
    private readonly int _count;

    private MemberOrder(JsonMember[] members, int count)
    {
        _members = members;
        _count = count;
    }

    /// <summary>The members, those of the same name in the order they stand in.</summary>
    public ReadOnlySpan<JsonMember> Members => _members.AsSpan(0, _count);

    /// <summary>Sorts the members of an object.</summary>
    public static MemberOrder Of(JsonValue value)
    {
        JsonMember[] members = ArrayPool<JsonMember>.Shared.Rent(value.Count);
        int count = 0;
        foreach (JsonMember member in value.Members)
        {
            members[count++] = member;
        }

        members.AsSpan(0, count).Sort(static (left, right) =>
        {
            int order = Utf8Names.Compare(left.NameUtf8, right.NameUtf8);
            return order != 0 ? order : left.Index.CompareTo(right.Index);
        });
        return new MemberOrder(members, count);
    }

    /// <summary>Whether an object has a member twice.</summary>
    public static bool HasDuplicates(JsonValue value)
    {
        if (value.Count > FewMembers)
        {
            using MemberOrder order = Of(value);
            ReadOnlySpan<JsonMember> members = order.Members;
            for (int i = 1; i < members.Length; i++)
            {
                if (members[i].NameUtf8.SequenceEqual(members[i - 1].NameUtf8))
                {
                    return true;
                }
            }

            return false;
        }

        foreach (JsonMember member in value.Members)
        {
            foreach (JsonMember earlier in value.Members)
            {
                if (earlier.Index == member.Index)
                {
                    break;
                }

                if (earlier.NameUtf8.SequenceEqual(member.NameUtf8))
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>Gives the memory back.</summary>
    public void Dispose() => ArrayPool<JsonMember>.Shared.Return(_members, clearArray: true);
}
